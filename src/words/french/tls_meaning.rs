//! What entries of TLS mean, for those who learn it (RFC 8446 and 5246, certificates RFC 5280).

use crate::words::tls_meaning::TlsMeanings;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsMeanings {
        upgraded = "Jusqu’ici, les deux côtés parlaient en clair, et n’importe qui sur le chemin pouvait lire. Ils viennent de convenir de commencer TLS sur la même connexion (STARTTLS) : le client envoie maintenant son ClientHello, et tout ce qui suit est chiffré.";
        hello = "Le client parle le premier : il énumère ce qu’il sait faire, par ordre de préférence, et le serveur y choisira. La liste elle-même n’est pas chiffrée : n’importe qui sur le chemin peut lire quel nom de serveur est demandé (SNI, RFC 6066), et quels protocoles applicatifs sont proposés (ALPN, RFC 7301).";
        agreed_13 = "Un seul aller-retour a suffi : le client avait joint à son ClientHello sa moitié de l’échange de clés ; le serveur a répondu par l’autre moitié, son certificat et une signature qui prouve qu’il possède la clé de ce certificat. Les deux ont alors calculé les mêmes clés, qui n’ont jamais circulé sur le réseau. À partir d’ici tout est chiffré, et toute modification est détectée.";
        agreed_12 = "TLS 1.2 demande deux allers-retours : d’abord les deux côtés conviennent de ce qu’ils utilisent, et le serveur présente son certificat, à la vue de tous ; puis ils échangent des clés, et chacun prouve par un message Finished que personne n’a modifié ce qui s’est dit. À partir d’ici tout est chiffré, et toute modification est détectée.";
        agreed_retried = "Le client avait deviné quel groupe le serveur utiliserait pour l’échange de clés, et s’était trompé. Le serveur en a demandé un autre (HelloRetryRequest, RFC 8446, 4.1.4), ce qui coûte un aller-retour de plus. À partir d’ici tout est chiffré.";
        agreed_resumed = "Les deux côtés se souvenaient d’une session précédente et ont dérivé de nouvelles clés de son secret ; aucun certificat n’a donc été présenté de nouveau : il avait été vérifié à ce moment-là. Cela économise du temps et du calcul. À partir d’ici tout est chiffré.";
        agreed_unchecked = "La connexion est chiffrée, mais on ne sait pas avec qui : le certificat n’a pas été vérifié, puisque cette extrémité est réglée pour en accepter n’importe lequel. Quelqu’un sur le chemin pourrait tout lire et tout modifier en présentant un certificat à lui.";
        refused = "Voici les certificats que le pair a présentés avant le refus de la connexion. Le premier est le sien ; chacun des suivants devrait être celui du signataire du précédent. Le dernier devrait être signé par une racine à laquelle on fait confiance ici, et qui n’est pas envoyée. La fin de la connexion dit quelle vérification a échoué.";
        alert_sent = "Une alerte est le dernier mot d’un côté qui renonce : son numéro dit pourquoi, et après une alerte fatale la connexion est fermée. C’est ce côté qui l’a envoyée.";
        alert_received = "Une alerte est le dernier mot d’un côté qui renonce : son numéro dit pourquoi, et après une alerte fatale la connexion est fermée. Une alerte en dit peu, exprès : le journal du pair en sait souvent davantage.";
        alert_warning = "Un avertissement ne met pas fin à la connexion. TLS 1.3 n’en a gardé que deux, close_notify et user_canceled.";
        close_notify_sent = "close_notify dit au pair, de façon chiffrée et protégée, que ce côté n’envoie plus rien. Sans lui, le pair ne pourrait pas savoir si quelqu’un sur le chemin a écourté le flux.";
        close_notify_received = "Le pair a dit, de façon chiffrée et protégée, qu’il a tout envoyé : rien ne manque. Un FIN seul ne prouverait rien, puisque n’importe qui sur le chemin peut en envoyer un.";
        cut = "La connexion TCP a pris fin, mais le pair n’a jamais envoyé close_notify. Peut-être son programme ne s’en soucie-t-il pas, comme beaucoup ; peut-être quelqu’un sur le chemin a-t-il coupé le flux (attaque par troncature). TLS ne peut pas distinguer les deux cas : ce qui est arrivé est peut-être incomplet.";
        secrets = "Les secrets de cette connexion ont été écrits dans le journal de clés (SSLKEYLOGFILE), pour que Wireshark et d’autres puissent déchiffrer les paquets capturés. Quiconque a ce fichier le peut aussi. Désactivez-le quand il ne sert pas.";

        failed_trust = "Un certificat est une déclaration : cette clé appartient à ce nom, signée par une autorité de certification (AC). Un client fait confiance à quelques autorités, ses racines, et remonte de signature en signature du certificat du pair jusqu’à l’une d’elles (RFC 5280, section 6). Ici, ce chemin n’a mené nulle part.";
        failed_name = "Un client compare le nom qu’il voulait avec les noms alternatifs du certificat (RFC 9525), jamais avec le sujet. Un joker comme *.example.org remplace exactement une partie d’un nom. Sans cette vérification, quiconque a un bon certificat pour un autre nom pourrait se faire passer pour ce serveur.";
        failed_dates = "Un certificat est valable entre deux dates, selon l’horloge de celui qui le vérifie. Les autorités limitent cette durée pour qu’une clé volée ne serve pas éternellement. Quand beaucoup de certificats échouent d’un coup, c’est le plus souvent l’horloge qui est fausse.";
        failed_certificate = "Chaque certificat de la chaîne est vérifié : sa signature, ses dates, l’usage auquel il est destiné, et si sa clé est assez forte. L’une de ces vérifications a échoué ; rien d’autre qu’une alerte n’a donc été envoyé.";
        failed_choice = "Le client propose des listes, et le serveur y choisit. Quand rien dans une liste ne convient au serveur, il n’y a pas de connexion ; rien n’est chiffré avec moins que ce que les deux acceptent.";
        failed_client = "Un serveur peut lui aussi demander un certificat à ses clients (TLS mutuel), et sait alors qui ils sont. En TLS 1.3, le client envoie son certificat tout à la fin, et peut croire que tout va bien avant que le serveur l’ait regardé : un refus peut donc arriver après la poignée de main.";
        failed_not_tls = "TLS commence par un enregistrement d’une forme précise : 16 03 01 dans la plupart des cas. Ce qui est arrivé a une autre forme : le pair parle donc autre chose sur ce port.";
        failed_silence = "La poignée de main a besoin des réponses des deux côtés. Aucune n’est arrivée à temps, ou la connexion a pris fin avant. Le pair parle peut-être un autre protocole et attend que l’autre côté commence.";
        failed_bytes = "Chaque enregistrement porte un code d’authentification que seuls les détenteurs des clés peuvent calculer, et chaque message a sa forme et son tour. Ce qui est arrivé ne respecte ni l’un ni l’autre. TLS ne peut rien réparer : il met fin à la connexion plutôt que de transmettre ce qui est peut-être falsifié.";
        failed_alert = "Le pair a mis fin à la poignée de main par une alerte. Elle en dit peu, exprès, pour qu’un attaquant n’apprenne rien ; le journal du pair en dit souvent davantage.";
        failed_other = "La bibliothèque TLS a refusé de continuer. Ce qu’elle en dit figure ci-dessus.";
        settings = "Les certificats, les clés et les racines sont lus avant la première connexion, pour qu’un mauvais fichier soit remarqué maintenant, et non par le premier pair.";
        no_tls = "TLS ne peut commencer qu’une fois sur une connexion, et seulement si son extrémité dit avec quel certificat ou avec quelles racines.";
    }
}
