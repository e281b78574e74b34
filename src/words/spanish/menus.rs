//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { SPANISH:
    Menus {
        file = "Archivo";
        edit = "Editar";
        endpoint = "Extremo";
        view = "Ver";
        help = "Ayuda";
        bar = "Menús";
        with_key(does, key) = "{does} ({key})";

        find_command = "Buscar una orden";
        command_hint = "Una parte de su nombre, o un par: #12, 127.0.0.1:53122";
        no_command = "Ninguna orden contiene esto en su nombre";
        not_now = "No es posible ahora";

        new_document = "Documento nuevo";
        new_from_preset = "Nuevo a partir de un modelo…";
        new_from_preset_why = "Añade al documento servidores y clientes ya preparados";
        open = "Abrir…";
        open_why = "Abre un documento, una captura o un archivo de paquetes";
        save = "Guardar documento";
        save_why = "Guarda el documento en su archivo";
        save_as = "Guardar documento como…";
        save_as_why = "Guarda el documento en otro archivo";
        recent = "Abrir reciente";
        no_recent = "No hay documentos recientes";
        sessions = "Abrir sesiones…";
        sessions_why = "Abre, guarda o elimina sesiones del disco";
        save_session = "Guardar sesión como…";
        save_session_why = "Conserva lo grabado con un nombre";
        import = "Importar mensajes…";
        import_why = "Importa los paquetes de Packet Sender como mensajes guardados";
        export = "Exportar entradas…";
        recording = "Ajustes de grabación…";
        quit = "Salir";

        find = "Buscar";
        find_next = "Buscar siguiente";
        find_previous = "Buscar anterior";
        add_server = "Añadir servidor";
        add_client = "Añadir cliente";
        duplicate = "Duplicar extremo";
        remove = "Quitar extremo";
        remove_why = "Quita el extremo seleccionado y lo detiene si está en marcha. Deshacer, bajo la lista, lo recupera";
        move_up = "Subir extremo";
        move_down = "Bajar extremo";
        approve = "Aprobar documento";
        approve_why = "Permite que los servidores de un documento ajeno respondan y que sus plantillas lean archivos";
        rules = "Reglas";
        rules_why = "Muestra las reglas del extremo seleccionado";
        add_rule = "Añadir regla";
        add_rule_why = "Añade una regla al extremo seleccionado";
        rules_on = "Activar todas las reglas";
        rules_off = "Desactivar todas las reglas";
        start = "Iniciar o conectar";
        start_why = "Inicia el servidor seleccionado o conecta el cliente seleccionado";
        stop = "Detener o desconectar";
        stop_why = "Detiene el servidor seleccionado o desconecta el cliente seleccionado";
        start_all = "Iniciar todos los servidores";
        stop_all = "Detener todos los extremos";
        log_keys = "Registrar claves TLS";
        log_keys_why = "Añade las claves de las conexiones TLS nuevas a un archivo con el que Wireshark descifra lo que capturó; quien tenga el archivo puede leerlo todo";
        stop_everything = "Detener todo";
        stop_everything_why = "Cancela lo que aún tengan que enviar las reglas, las secuencias, los mensajes repetidos y los archivos, y también las reconexiones; las conexiones siguen abiertas";
        copy_python = "Copiar como Python";
        copy_python_why = "Copia un programa que mantiene la misma conversación que el extremo seleccionado";
        copy_ncat = "Copiar como orden de ncat";
        copy_ncat_why = "Copia una línea para el intérprete de órdenes que mantiene la misma conversación que el extremo seleccionado";
        send = "Enviar mensaje";
        history = "Historial de mensajes";
        stop_repeating = "Dejar de repetir mensaje";

        rows = "Filas";
        rows_why = "Muestra la cronología como lista de entradas";
        frames = "Tramas";
        lifecycle = "Ciclo de vida";
        lifecycle_why = "Dibuja una conexión: su negociación, sus bytes y cómo terminó";
        lanes = "Carriles";
        lanes_why = "Muestra la cronología como flechas entre los dos lados de las conexiones";
        plot = "Gráfico";
        inspector = "Inspector";
        inspector_why = "Muestra los ajustes, los pares y la conexión del extremo seleccionado";
        why_not = "¿Por qué no?";
        why_not_why = "Muestra qué dice cada regla de un extremo ante la petición seleccionada, o ante una que usted escriba";
        clear_view = "Vaciar vista";
        undo_clear = "Deshacer vaciado";
        dark = "Tema oscuro";
        light = "Tema claro";
        system = "Tema del sistema";
        language = "Idioma";
        system_language = "Idioma del sistema";
        system_language_why = "Sigue el idioma del sistema";
        zoom_in = "Ampliar";
        zoom_out = "Reducir";
        zoom_reset = "Tamaño real";
        next_pane = "Panel siguiente";
        previous_pane = "Panel anterior";

        lessons = "Lecciones";
        lessons_why = "Enseñan TCP y UDP paso a paso con conexiones reales";
        commands = "Buscar una orden…";
        keys = "Atajos de teclado";

        needs_endpoint = "Elija antes un extremo";
        needs_unapproved = "El documento está aprobado";
        needs_repeating = "Ahora no se repite ningún mensaje";
        needs_acting = "Ahora no se envía nada automáticamente";
        needs_endpoint_above = "Elija un extremo que tenga otro encima";
        needs_endpoint_below = "Elija un extremo que tenga otro debajo";
        needs_rule_off = "Elija un extremo con reglas desactivadas";
        needs_rule_on = "Elija un extremo con reglas activadas";
        needs_stopped = "Elija un extremo que esté detenido";
        needs_running = "Elija un extremo que esté en marcha";
        needs_stopped_server = "Todos los servidores están en marcha";
        needs_any_running = "Ningún extremo está en marcha";
        needs_cleared = "No se ha vaciado nada";
        problems = "Problemas";
        about = "Acerca de Bothends";
        version(number) = "Bothends {number}";
    }
}
