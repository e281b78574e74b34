//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsFailures {
        failed_with(peer, why) = "échec de TLS avec {peer} : {why}";
        failed(why) = "échec de TLS : {why}";
        line(name, text) = "{name} : {text}";

        expected = "Attendu";
        offered = "Proposé par le client";
        came = "Reçu";
        accepted = "Accepté par le serveur";
        sent = "Envoyé";
        says_so = "Constaté par";
        server_name = "Nom du serveur (SNI)";
        what_to_do = "Que faire";
        no_server_name = "aucun n’a été demandé";

        us_alert(alert) = "ce côté, par l’alerte {alert}";
        us = "ce côté";
        peer_alert(alert) = "le pair, par l’alerte {alert}";
        peer = "le pair";
        nobody = "personne : la connexion a simplement pris fin";
        nobody_waited = "personne : ce côté a cessé d’attendre";

        untrusted = "le certificat du pair ne mène à aucune autorité de confiance ici";
        self_signed = "le certificat du pair est autosigné";
        wrong_name = "le certificat du pair est pour un autre nom";
        nameless = "le certificat du pair n’est pour aucun nom";
        expired = "le certificat du pair a expiré";
        not_yet_valid = "le certificat du pair n’est pas encore valable";
        wrong_use = "le certificat du pair est pour un autre usage";
        bad_signature = "une signature est incorrecte";
        weak_key = "la clé du certificat du pair est trop faible";
        bad_algorithm = "le certificat du pair est signé d’une façon qui n’est pas acceptée";
        revoked = "le certificat du pair a été révoqué";
        bad_certificate = "le certificat du pair est inutilisable";
        no_version = "aucune version de TLS en commun";
        no_suite = "aucune suite de chiffrement en commun";
        no_group = "aucun groupe en commun pour l’échange de clés";
        no_scheme = "aucun algorithme de signature en commun";
        no_alpn = "aucun protocole applicatif en commun (ALPN)";
        client_unknown = "le client n’a pas dit qui il est";
        refused = "le pair n’accepte pas le certificat de ce côté";
        not_tls = "le pair ne parle pas TLS";
        timed_out = "la poignée de main a pris trop de temps";
        closed = "le pair a mis fin à la connexion pendant la poignée de main (FIN)";
        reset = "le pair a réinitialisé la connexion pendant la poignée de main (RST)";
        too_long = "le pair a envoyé un enregistrement trop long";
        undecipherable = "ce qui est arrivé ne peut pas être déchiffré";
        malformed = "un message du pair est illisible";
        unexpected = "le pair a enfreint les règles de TLS";
        incompatible = "il manque au pair quelque chose dont ce côté a besoin";
        gave_up = "le pair a renoncé";
        other = "autre chose ne va pas";

        trusted_chain = "un certificat dont la chaîne aboutit à une autorité (AC) de confiance";
        trusted_signature = "un certificat signé par une autorité (AC) de confiance";
        chain_to(subject, issuer) = "celui de {subject}, dont la chaîne aboutit à {issuer}";
        alone_by(subject, issuer) = "celui de {subject}, signé par {issuer}, et aucun autre avec lui ; un intermédiaire manque peut-être";
        signed_itself(subject) = "celui de {subject}, signé avec sa propre clé (autosigné)";
        the_name(name) = "le nom {name}";
        no_name = "aucun nom alternatif (un nom dans le sujet seul ne compte pas)";
        valid_at(now) = "un certificat valable maintenant, le {now} à l’horloge de cette machine";
        was_until(until, ago) = "un certificat valable jusqu’au {until}, soit {ago} plus tôt";
        is_from(from, ahead) = "un certificat valable à partir du {from}, soit {ahead} plus tard";
        one_for(what) = "un certificat pour {what}";
        some_use = "ce pour quoi il est présenté";
        other_use = "autre chose";
        signed_by(issuer) = "un certificat signé avec la clé de {issuer}, présenté par celui qui en a la clé";
        does_not_hold(subject) = "celui de {subject}, pour lequel l’un des deux ne tient pas : il a été modifié, une autre autorité du même nom l’a signé, ou le pair a une autre clé";
        strong_key = "RSA de 2048 bits ou plus";
        bits(bits) = "{bits} bits, ce qui peut être cassé";
        strong_signature = "une signature avec SHA-256 ou mieux";
        standing = "un certificat que son autorité (AC) reconnaît toujours";
        taken_back = "un certificat qu’elle a révoqué avant son terme";
        standard = "un certificat qui respecte la norme (RFC 5280)";
        said_of_it(detail) = "un certificat dont la vérification dit : {detail}";
        not_said = "il ne l’a pas dit";
        client_certificate = "un certificat du client, que ce serveur exige";
        client_certificate_there = "par le serveur : un certificat du client";
        nothing = "aucun";
        a_message = "un message TLS";
        first_bytes(first, looks) = "« {first} », {looks}";
        like_http = "ce qui est du HTTP en clair";
        like_ssh = "ce qui est le début de SSH";
        like_greeting = "ce qui est un message d’accueil en clair, comme en envoient les serveurs de courrier et FTP";
        like_text = "ce qui est du texte en clair";
        like_nothing = "ce qui n’est pas du TLS";
        end_within(time) = "la fin de la poignée de main en {time}";
        end = "la fin de la poignée de main";
        came_nothing = "rien";
        came_part = "une partie de son premier message";
        came_hello = "son premier message, puis pas ce qui devrait suivre";
        short_records = "des enregistrements de 16 Kio au plus";
        longer_one = "un enregistrement plus long";
        right_keys = "des octets chiffrés avec les clés convenues par les deux côtés";
        wrong_keys = "des octets modifiés en chemin, ou chiffrés avec d’autres clés";
        readable = "un message lisible";
        next_message = "le message suivant dans l’ordre";
        library(detail) = "tel que ce côté le décrit : {detail}";
    }
}
