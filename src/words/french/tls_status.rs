//! How a connection's TLS stands, in short.

use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsStatuses {
        plain = "Pas encore chiffré : TLS commence quand on le démarre";
        begun = "La poignée de main TLS est en cours";
        agreed(version, suite) = "{version}, {suite}";
        speaking(agreed, protocol) = "{agreed}, protocole {protocol}";
        certificate(subject, until) = "Certificat de {subject}, valable jusqu’au {until}";
        checked(certificate) = "{certificate}, vérifié";
        no_certificate = "Le pair n’a présenté aucun certificat";
        unchecked = "Le certificat du pair n’est pas vérifié : rien ne dit qui est le pair";
        show = "Afficher la poignée de main";
        show_why = "Sélectionner l’entrée de la négociation : ce qui a été proposé et choisi, et les certificats";
        agreed_in(agreed, time) = "{agreed}, négocié en {time}";
        agreed_unchecked(agreed) = "NON VÉRIFIÉ : {agreed}";
        refused(subject) = "Refusé : certificat de {subject}";
        failed(why) = "Échec de TLS : {why}";
        cut = "Coupure : TCP a pris fin sans close_notify";
        named(versions, name) = "{versions}, {name}";
        on_the_wire(amount, wire) = "{amount}, {wire} sur le réseau";
    }
}
