//! What an event of a connection's life means, for those who meet it for the first time.

use super::noun;
use crate::words::explain::Explanations;
use crate::words::translated::translated;

translated! { FRENCH:
    Explanations {
        received(size, buffer) = { received(size, buffer) };
        sent(size) = { format!("send() a remis {} au système, qui a tout pris aussitôt. Envoyé ne veut pas dire arrivé : le système du pair acquitte plus tard, et son programme lit plus tard encore, en morceaux de son choix.", noun(size, "octet", "octets")) };
        listening = "bind() a donné cette adresse au socket, et listen() lui fait accepter des connexions. Le système achève leurs poignées de main de lui-même et les garde dans le backlog, dans la limite de sa taille, jusqu’à ce qu’accept() les en sorte.";
        looking_up = "getaddrinfo() transforme le nom en adresses avant que quoi que ce soit puisse être envoyé : le système consulte son fichier hosts, puis un serveur DNS.";
        connecting = "connect() a envoyé un SYN. La connexion est établie quand le SYN-ACK du pair revient et qu’un ACK y répond.";
        connected = "connect() est revenu : la poignée de main en trois temps (SYN, SYN-ACK, ACK) est faite, et les deux côtés peuvent envoyer. Cela a pris environ un aller-retour. Le programme du pair n’a pas forcément déjà appelé accept().";
        accepted = "accept() a sorti la connexion du backlog. Le système l’avait établie auparavant (SYN, SYN-ACK, ACK), et détient peut-être déjà des octets du pair.";
        peer_finished = "recv() a renvoyé 0 : le pair a envoyé FIN, il a donc terminé son envoi. Il peut encore lire, et ce côté peut encore envoyer ; la connexion prend fin quand les deux côtés ont terminé.";
        we_finished = "shutdown(write) a envoyé FIN : ce côté n’envoie plus rien, et continue de lire jusqu’à ce que le pair termine aussi. Celui des deux côtés qui envoie le premier FIN est celui qui finit en TIME-WAIT.";
        unread = "close() a trouvé des octets arrivés et jamais lus. Le système envoie alors RST au lieu de FIN, et le pair risque de perdre ce qu’il n’avait pas encore lu.";
        closed_by_us = "close() a envoyé FIN après les octets que le système avait pris, et a rendu le socket. Le pair lit ces octets, puis la fin du flux. S’il continue d’envoyer, plus personne ne lit ici : le système répond par RST à ce qui arrive. Sauf si le pair avait terminé avant, ce côté garde la connexion en TIME-WAIT (une minute sous Linux), pour qu’aucun de ses paquets égarés n’atteigne une nouvelle connexion.";
        details_unread = "Ce que l’entrée dit de plus est endommagé sur le disque ; les autres entrées ne sont pas touchées.";
        unknown = "Une version plus récente du programme a capturé cette entrée. Ouvrez la capture avec cette version pour la lire.";
        closed_by_stop = "close() a mis fin au socket d’écoute et à toutes ses connexions. Les nouvelles connexions sont refusées. Les connexions que ce côté a fermées le premier restent un moment en TIME-WAIT ; SO_REUSEADDR permet à un serveur d’écouter de nouveau sur le port pendant ce temps.";
        closed_by_reply = "La réponse a été envoyée, puis FIN (shutdown(write)). Le reste des octets du pair a été lu avant close(), pour qu’aucun RST ne puisse devancer la réponse. Ce côté a terminé le premier : il passe donc en TIME-WAIT.";
        closed_by_peer = "Le pair a terminé son envoi (FIN), puis ce côté a fermé aussi (close()). Tout ce que le pair a envoyé a été délivré dans l’ordre. Le pair a terminé le premier : TIME-WAIT est donc de son côté.";
        closed_by_our_reset = "Ce côté a envoyé RST (close() avec SO_LINGER à 0) : la connexion a pris fin d’un coup, sans TIME-WAIT, et les octets en route dans les deux sens sont perdus. La prochaine lecture du pair échoue avec « connection reset ».";
        accepting_closes = "Chaque connexion est acceptée puis fermée aussitôt : le pair voit son connect() réussir, puis la fin du flux.";
        accepting_stopped = "Plus rien n’est sorti du backlog. Le système achève encore des poignées de main jusqu’à ce qu’il soit plein ; puis il ignore ou refuse les SYN suivants.";
        waiting = "Ce qui a été demandé ensuite est envoyé une fois ce temps passé. Entre-temps, le pair ne voit rien.";
        reading_stopped = "recv() n’est plus appelé. Une fois le tampon de réception plein, la fenêtre se ferme, et les écritures du pair attendent (contrôle de flux).";
        reading_resumed = "recv() est de nouveau appelé. La fenêtre s’ouvre, et le pair peut envoyer ce qui attendait.";
        pace = "Les écritures sont étalées dans le temps ici ; chacune est une écriture à part, même si le système peut encore les réunir ou les diviser en segments.";
        reconnecting = "Le client est réglé pour se reconnecter de lui-même. L’attente double à chaque échec, pour ne pas submerger un serveur qui revient ; une partie en est laissée au hasard, pour que tous les clients n’arrivent pas en même temps.";
        dropped = "La règle envoie avec un risque de perdre le message, et cette fois il a été perdu : rien n’en a été remis au système.";
        corrupted = "La règle envoie avec un risque d’erreur, et cette fois un octet du message a été modifié avant d’être remis au système.";
        group = "Les connexions rejoignent des groupes pour qu’une règle puisse envoyer à toutes celles de l’un d’eux. Le nombre total d’appartenances est limité, et la longueur des noms aussi.";
        elsewhere = "Une règle a chargé une autre extrémité de faire quelque chose. Cela n’a pas été fait, et rien n’a donc été envoyé là-bas.";
        sequence_began = "Les étapes de la séquence sont faites une par une sur cette connexion. Jusqu’à sa fin, les réponses de l’extrémité elle-même attendent.";
        sequence_passed = "Toutes les étapes ont été faites : ce qui était à envoyer a été remis au système, et ce qui était attendu est arrivé à temps.";
        sequence_failed = "Une étape attend quelque chose dans un délai. Une trame qui ne le contient pas est ignorée ; pour celle qui s’en approche le plus, l’entrée dit où elle commence à différer.";
        sequence_cancelled = "Elle a été arrêtée avant sa dernière étape. Ce qu’elle avait mis en attente jusque-là est envoyé.";
        unanswered = "La requête est arrivée, et aucune règle de l’extrémité ne s’y applique : rien n’a donc été fait. Les suivantes, si elles se succèdent, sont seulement comptées. Une règle pour toute requête, en fin de liste, répond à ce que les autres laissent, ou l’ignore.";
        queue_cancelled = "Tout a été arrêté : ce qui attendait dans la file de cette connexion n’est ni envoyé ni fait. La connexion reste ouverte.";
        cancelled = "Le pair n’a reçu que le début du fichier, et ne peut pas voir que le reste a été annulé.";
        reset = "recv() a échoué : le système du pair a envoyé RST. La connexion a pris fin d’un coup, sans TIME-WAIT, et les octets en route dans les deux sens sont peut-être perdus. Cela arrive quand un programme se termine, ou ferme sans avoir lu tout ce qui était arrivé.";
        accept_paused = "accept() a échoué : chaque connexion prend un descripteur de fichier, et il n’en reste plus. Les nouvelles connexions attendent dans le backlog que d’autres prennent fin.";
        accept_aborted = "accept() a trouvé des connexions que leurs pairs avaient abandonnées ; il n’y avait donc rien à sortir du backlog. L’acceptation continue.";
        accept_resumed = "Il y a de nouveau de la place : les connexions qui attendaient dans le backlog sont acceptées maintenant.";
        missing = "Les paquets qui portaient ces octets ne sont pas dans le fichier de capture : la capture a commencé plus tard, a perdu des paquets, ou n’a vu qu’un sens.";
        not_recorded = "La capture était désactivée ou s’était arrêtée. Le trafic a continué entre-temps, sans laisser de trace ici.";
        clock_adjusted = "L’horloge du système a été réglée. Les heures d’avant et d’après diffèrent de ce saut ; l’ordre des lignes et le temps qui les sépare sont mesurés avec une horloge qui ne saute jamais.";
        in_use = "bind() a échoué (EADDRINUSE) : un autre socket écoute déjà sur cette adresse et ce port, et deux sockets ne peuvent pas les partager.";
        not_ours = "bind() a échoué (EADDRNOTAVAIL) : un serveur ne peut écouter que sur une adresse portée par l’une des interfaces de cette machine.";
        low_port = "bind() a échoué (EACCES) : le système réserve les ports en dessous de 1024 aux programmes ayant des droits particuliers.";
        not_permitted = "Le système ne l’autorise pas à ce programme : un pare-feu de cette machine, un bac à sable ou une autre politique l’interdit.";
        no_family = "Cette machine n’a pas d’adresses de cette famille : IPv6 est désactivé ou n’est pas configuré.";
        not_bound = "Le socket n’a pas pu être lié à cette adresse : aucune connexion ne peut donc arriver.";
        refused = "connect() a échoué (ECONNREFUSED) : la machine a répondu au SYN par RST. Elle est là, mais rien n’accepte de connexions à cette adresse et sur ce port, ou un pare-feu a répondu à sa place.";
        timed_out = "connect() n’a pas eu de réponse à temps : le SYN a été envoyé plusieurs fois. Souvent, un pare-feu jette les paquets sans le dire, ou aucune machine n’a cette adresse.";
        no_source = "connect() a échoué (EADDRNOTAVAIL ou EADDRINUSE) : aucun SYN n’a été envoyé, car le système n’a trouvé ni adresse ni port de cette machine pour ce côté.";
        no_route = "connect() a échoué (ENETUNREACH) : cette machine ne connaît aucun chemin vers ce réseau, et rien n’a donc été envoyé.";
        host_unreachable = "connect() a échoué (EHOSTUNREACH) : le dernier réseau du chemin n’a trouvé aucune machine avec cette adresse.";
        not_connected = "Le système n’a pas pu établir la connexion.";
        name_not_found = "Un nom doit d’abord être transformé en adresse, et le système n’en a trouvé aucune : ni dans son fichier hosts, ni auprès d’un serveur DNS.";
        look_ups = "Une résolution attend aussi longtemps que le serveur DNS le demande. Seules quelques-unes peuvent attendre en même temps.";
        given_up = "La tentative a été abandonnée ici avant que le pair réponde.";
        silent = "Le pair a cessé d’acquitter. Le système a renvoyé les octets plusieurs fois, puis a abandonné la connexion.";
        broken = "Un appel sur le socket a échoué, et la connexion a donc été fermée. Des octets en route sont peut-être perdus.";
        not_finished = "Après une réponse qui ferme, le pair a un moment pour la lire et terminer. Il ne l’a pas fait, et ce côté a donc fermé.";
        queue_full = "Le pair ne lit pas : sa fenêtre de réception est fermée, et ce qui est à envoyer attend dans une file de taille limitée.";
        not_open = "Un côté qui a terminé son envoi ne peut plus envoyer, et une connexion qui a pris fin ne transporte plus rien.";
        never_open = "Un message pour un client non connecté attend qu’il le soit. La connexion n’a pas abouti, et rien du message n’a donc été remis au système.";
        no_peers = "Un serveur envoie aux pairs connectés à ce moment-là, et il n’y en avait aucun.";
        lab_refused = "Le labo est un réseau à part, créé avec unshare(CLONE_NEWUSER | CLONE_NEWNET). Le système ne l’a pas permis, et rien n’a donc été ouvert.";
        lab_apart = "Un réseau privé n’a ni sortie ni entrée : des sockets ne se joignent que s’ils sont tous les deux dans le labo, ou tous les deux en dehors. Rien n’a été envoyé.";
        not_started = "Chaque extrémité tourne dans son propre thread, avec un poller qui attend ses sockets. Le système n’a pas pu en démarrer un de plus.";
        unix_listening = "bind() a créé le fichier du socket, et listen() lui fait accepter des connexions. Elles attendent dans le backlog, dans la limite de sa taille, jusqu’à ce qu’accept() les en sorte.";
        unix_connecting = "connect() cherche le fichier du socket. Rien ne passe par un réseau.";
        unix_connected = "connect() est revenu : le système a relié les deux côtés en mémoire, sans poignée de main sur un réseau, et tous deux peuvent envoyer.";
        unix_accepted = "accept() a sorti la connexion du backlog. Le système sait quel processus est de l’autre côté.";
        unix_peer_finished = "recv() a renvoyé 0 : le pair a terminé son envoi. Il peut encore lire, et ce côté peut encore envoyer.";
        unix_we_finished = "shutdown(write) a mis fin au flux de ce côté : il n’envoie plus rien, et continue de lire jusqu’à ce que le pair termine aussi.";
        unix_reset = "recv() a échoué : le pair a fermé sans avoir lu tout ce qui était arrivé, et des octets en route sont peut-être perdus.";
        unix_closed = "close() a mis fin à la connexion de ce côté. Un socket Unix n’a pas de TIME-WAIT.";
        unix_reading_stopped = "recv() n’est plus appelé. Une fois le tampon du socket plein, les écritures du pair attendent.";
        unix_reading_resumed = "recv() est de nouveau appelé, et le pair peut envoyer ce qui attendait.";
        bound = "bind() a donné cette adresse au socket. Avec UDP il n’y a ni listen() ni accept() : tout ce qui est envoyé à cette adresse et ce port arrive ici, d’où qu’il vienne, chaque datagramme étant indépendant des autres.";
        bound_with_groups = "bind() a donné cette adresse au socket, et IP_ADD_MEMBERSHIP a dit au système, et aux routeurs voisins, que les datagrammes pour ces groupes sont voulus ici. D’autres programmes les ont peut-être rejoints sur le même port : chacun reçoit une copie.";
        udp_ready = "UDP n’a pas de poignée de main : rien n’a été envoyé, et l’on ne sait pas encore s’il y a quelqu’un. Le socket a maintenant une adresse et un port de cette machine, où les réponses arrivent.";
        udp_new_peer = "recvfrom() a renvoyé un datagramme d’une adresse encore jamais vue. Pour UDP, une connexion n’est rien de plus : le programme retient l’adresse pour pouvoir répondre. N’importe qui peut écrire n’importe quelle adresse d’origine dans un datagramme.";
        udp_forgotten = "Ce côté a oublié le pair. UDP n’a ni FIN ni RST : rien n’a donc été envoyé et le pair n’en apprend rien ; s’il envoie de nouveau, c’est un nouveau pair.";
        udp_stopped = "close() a rendu le port. À ce qui y arrive désormais, le système répond par ICMP port unreachable.";
        udp_pace = "Les datagrammes sont désormais plus espacés. UDP lui-même n’a pas de contrôle de flux : sans lui, un expéditeur peut envoyer plus que son pair ou le réseau n’en prend, et le reste est perdu sans avertissement.";
        udp_reading = "Tous les pairs d’un socket UDP partagent son tampon de réception, et la lecture continue donc : ce que ce pair envoie est toujours capturé.";
        udp_queue_cancelled = "Tout a été arrêté : ce qui attendait d’être envoyé à ce pair n’est ni envoyé ni fait.";
        truncated = "recvfrom() a reçu moins de place que le datagramme n’en demande. Un flux garderait le reste pour la lecture suivante ; avec un datagramme, il est perdu. Un tampon de lecture plus grand le prend en entier.";
        datagrams_dropped = "Ils sont arrivés alors que le tampon de réception du socket (SO_RCVBUF) était plein, et le système les a jetés. Avec UDP, personne ne les renvoie, et l’expéditeur n’en sait rien. Un tampon plus grand, ou un expéditeur plus lent, y remédie.";
        forgotten_by_silence = "Rien n’a été envoyé à ce pair ni reçu de lui pendant la durée fixée dans les réglages. UDP n’a pas de fin observable : le silence doit en tenir lieu. Si le pair envoie de nouveau, c’est un nouveau pair.";
        forgotten_by_crowd = "Tant d’autres pairs étaient actifs que les plus longtemps silencieux ont été oubliés pour faire de la place. Si le pair envoie de nouveau, c’est un nouveau pair.";
        undelivered = "Un routeur ou la machine elle-même a renvoyé un message ICMP : le datagramme n’est parvenu à aucun programme. UDP le transmet là où le système sait le dire, et beaucoup de réseaux jettent ces messages ; qu’il n’en arrive aucun ne veut pas dire que le datagramme est arrivé.";
        datagram_refused = "sendto() a échoué, et rien de ce datagramme n’a donc été envoyé. Les autres ne sont pas concernés.";
        overrun = "Des réponses à ce pair attendent leur moment, et il continue de demander. Un flux serait alors lu plus lentement ; des datagrammes ne peuvent pas être retenus : ils sont capturés et restent sans réponse jusqu’à ce que quelques réponses soient parties.";
        template = "Un champ du modèle n’avait pas de valeur à ce moment-là, et rien n’a donc été envoyé.";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "octet", "octets");
    let call = match buffer {
        Some(buffer) => format!(
            "recv({buffer}) a renvoyé {size} ; {buffer} est le tampon de lecture tel qu’il est réglé maintenant"
        ),
        None => format!("recv() a renvoyé {size}"),
    };
    format!(
        "{call}. TCP transporte un flux sans limites internes : le pair a pu envoyer cela en une écriture ou en plusieurs, \
         et ce qu’il a envoyé en une écriture peut arriver en plusieurs lectures."
    )
}
