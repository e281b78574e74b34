//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { FRENCH:
    Menus {
        file = "Fichier";
        edit = "Édition";
        endpoint = "Extrémité";
        view = "Affichage";
        help = "Aide";
        bar = "Menus";
        with_key(does, key) = "{does} ({key})";

        find_command = "Rechercher une commande";
        command_hint = "Une partie de son nom, ou un pair : #12, 127.0.0.1:53122";
        no_command = "Aucune commande ne correspond";
        not_now = "Impossible pour l’instant";

        new_document = "Nouveau document";
        new_from_preset = "Nouveau depuis un préréglage…";
        new_from_preset_why = "Ajouter au document des serveurs et des clients prêts à l’emploi";
        open = "Ouvrir…";
        open_why = "Ouvrir un document, une capture ou un fichier de capture";
        save = "Enregistrer le document";
        save_why = "Enregistrer le document dans son fichier";
        save_as = "Enregistrer le document sous…";
        save_as_why = "Enregistrer le document dans un autre fichier";
        recent = "Documents récents";
        no_recent = "Aucun document récent";
        sessions = "Ouvrir des sessions…";
        sessions_why = "Ouvrir, enregistrer ou supprimer des sessions sur le disque";
        save_session = "Enregistrer la session sous…";
        save_session_why = "Conserver sous un nom ce qui a été capturé";
        import = "Importer des messages…";
        import_why = "Importer les paquets de Packet Sender comme messages enregistrés";
        export = "Exporter des entrées…";
        recording = "Réglages de la capture…";
        quit = "Quitter";

        find = "Rechercher";
        find_next = "Résultat suivant";
        find_previous = "Résultat précédent";
        add_server = "Ajouter un serveur";
        add_client = "Ajouter un client";
        duplicate = "Dupliquer l’extrémité";
        remove = "Retirer l’extrémité";
        remove_why = "Retire l’extrémité sélectionnée, après l’avoir arrêtée si elle est active. Annuler, sous la liste, la rétablit";
        move_up = "Monter l’extrémité";
        move_down = "Descendre l’extrémité";
        approve = "Approuver le document";
        approve_why = "Permettre aux serveurs d’un document venu d’ailleurs de répondre, et à ses modèles de lire des fichiers";
        rules = "Règles";
        rules_why = "Afficher les règles de l’extrémité sélectionnée";
        add_rule = "Ajouter une règle";
        add_rule_why = "Ajouter une règle à l’extrémité sélectionnée";
        rules_on = "Activer toutes les règles";
        rules_off = "Désactiver toutes les règles";
        start = "Démarrer ou connecter";
        start_why = "Démarrer le serveur sélectionné, ou connecter le client sélectionné";
        stop = "Arrêter ou déconnecter";
        stop_why = "Arrêter le serveur sélectionné, ou déconnecter le client sélectionné";
        start_all = "Démarrer tous les serveurs";
        stop_all = "Arrêter toutes les extrémités";
        log_keys = "Journaliser les clés TLS";
        log_keys_why = "Ajouter les clés des nouvelles connexions TLS à un fichier, avec lequel Wireshark déchiffre ce qu’il a capturé ; quiconque a ce fichier peut tout lire";
        stop_everything = "Tout arrêter";
        stop_everything_why = "Annuler ce que règles, séquences, messages répétés et fichiers ont encore à envoyer, ainsi que les reconnexions ; les connexions restent ouvertes";
        copy_python = "Copier en Python";
        copy_python_why = "Copier un programme qui tient la même conversation que l’extrémité sélectionnée";
        copy_ncat = "Copier en commande ncat";
        copy_ncat_why = "Copier une ligne de shell qui tient la même conversation que l’extrémité sélectionnée";
        send = "Envoyer le message";
        history = "Messages déjà envoyés";
        stop_repeating = "Arrêter la répétition du message";

        rows = "Lignes";
        rows_why = "Afficher la chronologie comme une liste d’entrées";
        frames = "Trames";
        lifecycle = "Cycle de vie";
        lifecycle_why = "Dessiner une connexion : sa poignée de main, ses octets et sa fin";
        lanes = "Couloirs";
        lanes_why = "Afficher la chronologie comme des flèches entre les deux côtés des connexions";
        plot = "Graphique";
        inspector = "Inspecteur";
        inspector_why = "Afficher les réglages, les pairs et la connexion de l’extrémité sélectionnée";
        why_not = "Pourquoi pas ?";
        why_not_why = "Afficher ce que chaque règle d’une extrémité dit de la requête sélectionnée, ou d’une requête saisie";
        clear_view = "Vider la vue";
        undo_clear = "Annuler le vidage";
        dark = "Thème sombre";
        light = "Thème clair";
        system = "Thème du système";
        language = "Langue";
        system_language = "Langue du système";
        system_language_why = "Suit la langue du système";
        zoom_in = "Agrandir";
        zoom_out = "Réduire";
        zoom_reset = "Taille réelle";
        next_pane = "Volet suivant";
        previous_pane = "Volet précédent";

        lessons = "Leçons";
        lessons_why = "Apprendre TCP et UDP pas à pas sur de vraies connexions";
        commands = "Rechercher une commande…";
        keys = "Raccourcis clavier";

        needs_endpoint = "Choisissez d’abord une extrémité";
        needs_unapproved = "Le document est approuvé";
        needs_repeating = "Aucun message n’est répété en ce moment";
        needs_acting = "Rien n’est envoyé automatiquement en ce moment";
        needs_endpoint_above = "Choisissez une extrémité qui en a une au-dessus d’elle";
        needs_endpoint_below = "Choisissez une extrémité qui en a une au-dessous d’elle";
        needs_rule_off = "Choisissez une extrémité dont des règles sont désactivées";
        needs_rule_on = "Choisissez une extrémité dont des règles sont activées";
        needs_stopped = "Choisissez une extrémité qui est arrêtée";
        needs_running = "Choisissez une extrémité qui fonctionne";
        needs_stopped_server = "Tous les serveurs sont démarrés";
        needs_any_running = "Aucune extrémité n’est démarrée";
        needs_cleared = "Rien n’a été vidé";
        problems = "Problèmes";
        about = "À propos de Bothends";
        version(number) = "Bothends {number}";
    }
}
