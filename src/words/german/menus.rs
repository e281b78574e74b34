//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { GERMAN:
    Menus {
        file = "Datei";
        edit = "Bearbeiten";
        endpoint = "Endpunkt";
        view = "Ansicht";
        help = "Hilfe";
        bar = "Menüs";
        with_key(does, key) = "{does} ({key})";

        find_command = "Befehl suchen";
        command_hint = "Teil des Namens oder eine Gegenstelle: #12, 127.0.0.1:53122";
        no_command = "Kein Befehl hat das in seinem Namen";
        not_now = "Jetzt nicht möglich";

        new_document = "Neues Dokument";
        new_from_preset = "Neu aus Vorgabe…";
        new_from_preset_why = "Fügt dem Dokument fertige Server und Clients hinzu";
        open = "Öffnen…";
        open_why = "Öffnet ein Dokument, einen Mitschnitt oder eine Paketdatei";
        save = "Dokument speichern";
        save_why = "Speichert das Dokument in seiner Datei";
        save_as = "Dokument speichern unter…";
        save_as_why = "Speichert das Dokument in einer anderen Datei";
        recent = "Zuletzt geöffnet";
        no_recent = "Keine zuletzt geöffneten Dokumente";
        sessions = "Sitzungen öffnen…";
        sessions_why = "Öffnet, speichert oder löscht Sitzungen auf der Platte";
        save_session = "Sitzung speichern unter…";
        save_session_why = "Behält das Aufgezeichnete unter einem Namen";
        import = "Nachrichten importieren…";
        import_why = "Importiert die Pakete von Packet Sender als gespeicherte Nachrichten";
        export = "Einträge exportieren…";
        recording = "Aufzeichnungseinstellungen…";
        quit = "Beenden";

        find = "Suchen";
        find_next = "Weitersuchen";
        find_previous = "Rückwärts suchen";
        add_server = "Server hinzufügen";
        add_client = "Client hinzufügen";
        duplicate = "Endpunkt duplizieren";
        remove = "Endpunkt entfernen";
        remove_why = "Entfernt den ausgewählten Endpunkt und stoppt ihn, wenn er läuft. Rückgängig unter der Liste holt ihn zurück";
        move_up = "Endpunkt nach oben";
        move_down = "Endpunkt nach unten";
        approve = "Dokument freigeben";
        approve_why = "Lässt die Server eines fremden Dokuments antworten und seine Vorlagen Dateien lesen";
        rules = "Regeln";
        rules_why = "Zeigt die Regeln des ausgewählten Endpunkts";
        add_rule = "Regel hinzufügen";
        add_rule_why = "Fügt dem ausgewählten Endpunkt eine Regel hinzu";
        rules_on = "Alle Regeln einschalten";
        rules_off = "Alle Regeln ausschalten";
        start = "Starten oder verbinden";
        start_why = "Startet den ausgewählten Server oder verbindet den ausgewählten Client";
        stop = "Stoppen oder trennen";
        stop_why = "Stoppt den ausgewählten Server oder trennt den ausgewählten Client";
        start_all = "Alle Server starten";
        stop_all = "Alle Endpunkte stoppen";
        log_keys = "TLS-Schlüssel protokollieren";
        log_keys_why = "Hängt die Schlüssel neuer TLS-Verbindungen an eine Datei an, mit der Wireshark seinen Mitschnitt entschlüsselt; wer die Datei hat, kann alles lesen";
        stop_everything = "Alles anhalten";
        stop_everything_why = "Bricht ab, was Regeln, Abläufe, wiederholte Nachrichten und Dateien noch zu senden haben, und jeden neuen Verbindungsversuch; Verbindungen bleiben offen";
        copy_python = "Als Python kopieren";
        copy_python_why = "Kopiert ein Programm, das sich verhält wie der ausgewählte Endpunkt";
        copy_ncat = "Als ncat-Befehl kopieren";
        copy_ncat_why = "Kopiert einen Shell-Befehl, der sich verhält wie der ausgewählte Endpunkt";
        send = "Nachricht senden";
        history = "Früher gesendete Nachrichten";
        stop_repeating = "Wiederholen der Nachricht beenden";

        rows = "Zeilen";
        rows_why = "Zeigt die Zeitleiste als Liste von Einträgen";
        frames = "Frames";
        lifecycle = "Lebenszyklus";
        lifecycle_why = "Zeichnet eine Verbindung: ihren Handshake, ihre Bytes und wie sie endete";
        lanes = "Spuren";
        lanes_why = "Zeigt die Zeitleiste als Pfeile zwischen den beiden Enden der Verbindungen";
        plot = "Diagramm";
        inspector = "Inspektor";
        inspector_why = "Zeigt Einstellungen, Gegenstellen und Verbindung des ausgewählten Endpunkts";
        why_not = "Warum nicht?";
        why_not_why = "Zeigt, was jede Regel eines Endpunkts zur ausgewählten oder zu einer eingetippten Anfrage sagt";
        clear_view = "Ansicht leeren";
        undo_clear = "Leeren rückgängig machen";
        dark = "Dunkles Design";
        light = "Helles Design";
        system = "Design des Systems";
        language = "Sprache";
        system_language = "Sprache des Systems";
        system_language_why = "Folgt der Sprache des Systems";
        zoom_in = "Vergrößern";
        zoom_out = "Verkleinern";
        zoom_reset = "Originalgröße";
        next_pane = "Nächster Bereich";
        previous_pane = "Vorheriger Bereich";

        lessons = "Lektionen";
        lessons_why = "Zeigt TCP und UDP Schritt für Schritt an echten Sockets";
        commands = "Befehl suchen…";
        keys = "Tastenkürzel";

        needs_endpoint = "Zuerst einen Endpunkt wählen";
        needs_unapproved = "Das Dokument ist freigegeben";
        needs_repeating = "Es wird gerade keine Nachricht wiederholt";
        needs_acting = "Gerade wird nichts von selbst gesendet";
        needs_endpoint_above = "Einen Endpunkt wählen, über dem ein anderer steht";
        needs_endpoint_below = "Einen Endpunkt wählen, unter dem ein anderer steht";
        needs_rule_off = "Einen Endpunkt mit ausgeschalteten Regeln wählen";
        needs_rule_on = "Einen Endpunkt mit eingeschalteten Regeln wählen";
        needs_stopped = "Einen Endpunkt wählen, der nicht läuft";
        needs_running = "Einen Endpunkt wählen, der läuft";
        needs_stopped_server = "Alle Server laufen";
        needs_any_running = "Kein Endpunkt läuft";
        needs_cleared = "Es wurde nichts geleert";
        problems = "Probleme";
        about = "Über Bothends";
        version(number) = "Bothends {number}";
    }
}
