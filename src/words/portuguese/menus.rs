//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Menus {
        file = "Arquivo";
        edit = "Editar";
        endpoint = "Endpoint";
        view = "Exibir";
        help = "Ajuda";
        bar = "Menus";
        with_key(does, key) = "{does} ({key})";

        find_command = "Localizar um comando";
        command_hint = "Parte do nome, ou um peer: #12, 127.0.0.1:53122";
        no_command = "Nenhum comando tem isso no nome";
        not_now = "Não é possível agora";

        new_document = "Novo documento";
        new_from_preset = "Novo a partir de predefinição…";
        new_from_preset_why = "Adiciona ao documento servidores e clientes prontos";
        open = "Abrir…";
        open_why = "Abre um documento, uma captura ou um arquivo de captura";
        save = "Salvar documento";
        save_why = "Salva o documento no seu arquivo";
        save_as = "Salvar documento como…";
        save_as_why = "Salva o documento em outro arquivo";
        recent = "Abrir recente";
        no_recent = "Nenhum documento recente";
        sessions = "Abrir sessões…";
        sessions_why = "Abre, salva ou exclui sessões gravadas em disco";
        save_session = "Salvar sessão como…";
        save_session_why = "Guarda com um nome o que foi gravado";
        import = "Importar mensagens…";
        import_why = "Importa os pacotes do Packet Sender como mensagens salvas";
        export = "Exportar entradas…";
        recording = "Configurações de gravação…";
        quit = "Sair";

        find = "Localizar";
        find_next = "Localizar próxima";
        find_previous = "Localizar anterior";
        add_server = "Adicionar servidor";
        add_client = "Adicionar cliente";
        duplicate = "Duplicar endpoint";
        remove = "Remover endpoint";
        remove_why = "Remove o endpoint selecionado e o para, se estiver em execução. Desfazer, abaixo da lista, o traz de volta";
        move_up = "Mover endpoint para cima";
        move_down = "Mover endpoint para baixo";
        approve = "Aprovar documento";
        approve_why = "Permite que os servidores de um documento vindo de fora respondam e que seus modelos leiam arquivos";
        rules = "Regras";
        rules_why = "Mostra as regras do endpoint selecionado";
        add_rule = "Adicionar regra";
        add_rule_why = "Adiciona uma regra ao endpoint selecionado";
        rules_on = "Ativar todas as regras";
        rules_off = "Desativar todas as regras";
        start = "Iniciar ou conectar";
        start_why = "Inicia o servidor selecionado ou conecta o cliente selecionado";
        stop = "Parar ou desconectar";
        stop_why = "Faz parar o servidor selecionado ou desconecta o cliente selecionado";
        start_all = "Iniciar todos os servidores";
        stop_all = "Parar todos os endpoints";
        log_keys = "Registrar chaves TLS";
        log_keys_why = "Acrescenta as chaves das novas conexões TLS a um arquivo, com o qual o Wireshark decifra o que capturou; quem tiver o arquivo pode ler tudo";
        stop_everything = "Parar tudo";
        stop_everything_why = "Cancela o que regras, sequências, mensagens repetidas e arquivos ainda têm a enviar, e também as reconexões; as conexões continuam abertas";
        copy_python = "Copiar como Python";
        copy_python_why = "Copia um programa que faz na rede o mesmo que o endpoint selecionado";
        copy_ncat = "Copiar como comando ncat";
        copy_ncat_why = "Copia uma linha de shell que faz na rede o mesmo que o endpoint selecionado";
        send = "Enviar a mensagem";
        history = "Mensagens enviadas antes";
        stop_repeating = "Parar de repetir a mensagem";

        rows = "Linhas";
        rows_why = "Mostra a linha do tempo como lista de entradas";
        frames = "Quadros";
        lifecycle = "Ciclo de vida";
        lifecycle_why = "Desenha uma conexão: o handshake, os bytes e como ela terminou";
        lanes = "Raias";
        lanes_why = "Mostra a linha do tempo como setas entre os dois lados das conexões";
        plot = "Gráfico";
        inspector = "Inspetor";
        inspector_why = "Mostra a configuração, os peers e a conexão do endpoint selecionado";
        why_not = "Por que não?";
        why_not_why = "Mostra o que cada regra de um endpoint diz sobre a requisição selecionada, ou sobre uma que você digitar";
        clear_view = "Limpar exibição";
        undo_clear = "Desfazer limpeza";
        dark = "Tema escuro";
        light = "Tema claro";
        system = "Tema do sistema";
        language = "Idioma";
        system_language = "Idioma do sistema";
        system_language_why = "Segue o idioma do sistema";
        zoom_in = "Ampliar";
        zoom_out = "Reduzir";
        zoom_reset = "Tamanho real";
        next_pane = "Próximo painel";
        previous_pane = "Painel anterior";

        lessons = "Lições";
        lessons_why = "Ensina TCP e UDP passo a passo, com sockets reais";
        commands = "Localizar um comando…";
        keys = "Atalhos de teclado";

        needs_endpoint = "Escolha primeiro um endpoint";
        needs_unapproved = "O documento está aprovado";
        needs_repeating = "Nenhuma mensagem está sendo repetida";
        needs_acting = "Nada está sendo enviado automaticamente";
        needs_endpoint_above = "Escolha um endpoint que tenha outro acima";
        needs_endpoint_below = "Escolha um endpoint que tenha outro abaixo";
        needs_rule_off = "Escolha um endpoint com regras desativadas";
        needs_rule_on = "Escolha um endpoint com regras ativadas";
        needs_stopped = "Escolha um endpoint que esteja parado";
        needs_running = "Escolha um endpoint que esteja em execução";
        needs_stopped_server = "Todos os servidores estão em execução";
        needs_any_running = "Nenhum endpoint está em execução";
        needs_cleared = "Nada foi limpo";
        problems = "Problemas";
        about = "Sobre o Bothends";
        version(number) = "Bothends {number}";
    }
}
