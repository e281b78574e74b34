//! What is wrong with the fields of forms.

use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { FRENCH:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "Saisissez une adresse de cette machine, par exemple 127.0.0.1 ou ::1";
        Scope = "Aucune interface réseau n’a le nom qui suit le %";
        RemotePort = "Un port distant est un nombre de 1 à 65535";
        Backlog = "Un backlog est un nombre de 1 à 65535";
        LabDelay = "Saisissez un retard de 10s au plus, par exemple 50ms, ou laissez vide";
        LabLoss = "Saisissez une part des paquets de 0% à 100%, par exemple 1%, ou laissez vide";
        Size = "Saisissez un nombre d’octets, ou de Kio ou Mio avec k ou m, par exemple 64k";
        WriteBytes = "Saisissez une taille d’écriture de 1 octet à 1 Mio, par exemple 64k";
        ReadBuffer = "Saisissez une taille de tampon de 1 octet à 1 Mio, par exemple 64k";
        Duration = "Saisissez une durée avec son unité : ms, s ou m, par exemple 200ms ou 5s";
        ConnectTimeout = "Un délai de connexion est compris entre 1ms et 10m";
        Reconnect = "Saisissez la première et la plus longue attente, de 10ms à 60m, et éventuellement combien de fois, par exemple 1s..30s, 10 times";
        Period = "L’intervalle entre deux messages est d’au moins 1ms";
        Times = "Saisissez un nombre de fois à partir de 1, ou laissez vide";
        SocketPath = "Saisissez un chemin de 107 octets au plus, ou @ et un nom";
        Mode = "Saisissez des droits en octal, par exemple 600 ou 660";
        Source = "Saisissez une adresse de cette machine, :port ou les deux, par exemple 192.168.1.5 ou :4000";
        KeepAlive = "Saisissez le temps avant la première sonde, l’intervalle et le nombre de sondes, par exemple 60s,10s,5";
        Buffer = "Saisissez une taille de tampon de 1 octet à 1024m, par exemple 64k";
        Ttl = "Un TTL est un nombre de 1 à 255";
        Linger = "Saisissez un nombre entier de secondes, par exemple 0s ou 5s";
        KeyAlone = "Une clé va avec son certificat : choisissez aussi ce fichier, ou laissez ce champ vide";
        FlawOfFiles = "Seuls les certificats établis par Bothends peuvent avoir un défaut volontaire : laissez vide le fichier de certificat";
        Alpn = "Le nom d’un protocole a au plus 255 octets";
        ForgetAfter = "Saisissez un silence de 100ms à 1440m, par exemple 30s";
        Group = "Saisissez des adresses multicast, par exemple 239.1.2.3 ou ff02::fb";
        GroupFamily = "Un groupe est de la même famille que l’adresse d’écoute, IPv4 ou IPv6";
        Groups = "Un socket peut rejoindre au plus 20 groupes";
        Interface = "Saisissez le nom ou une adresse d’une interface de cette machine, par exemple eth0";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "Saisissez un nombre entier, par exemple 7, ou laissez vide";
        NotListening(name) = "{name} n’est pas à l’écoute. Démarrez-le d’abord";
        NoServer = "Le serveur auquel ce client se connectait a été retiré. Choisissez un autre serveur, ou une adresse";
    }

    Addresses |language| {
        NoHost = "Saisissez un hôte : un nom ou une adresse, par exemple localhost:9000";
        Port = "Un port est un nombre de 0 à 65535";
        NotIpv6 = "Ce n’est pas une adresse IPv6. Écrivez-la ::1, ou [::1]:9000 avec un port";
        AfterBrackets = "Seul un port peut suivre les crochets, par exemple [::1]:9000";
        Url = "C’est une URL. Saisissez son hôte et son port, par exemple localhost:9000";
        HostCharacter = "Un hôte n’a ni espaces, ni barres obliques, ni caractères de contrôle. Saisissez un nom ou une adresse";
    }

    Amounts |language| {
        Amount = "Saisissez une quantité comme 500 MiB ou 10 GiB";
        TooLittle = "La limite doit être d’au moins 1 Mio";
        Chunk = "Saisissez un nombre d’octets, par exemple 64 ou 1 KiB";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "ce n’est pas un fichier ordinaire";
        TooLong = "il dépasse 16 Mio";
    }
}
