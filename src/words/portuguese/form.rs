//! What is wrong with the fields of forms.

use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "Digite um endereço desta máquina, como 127.0.0.1 ou ::1";
        Scope = "Nenhuma interface de rede tem o nome que vem depois do %";
        RemotePort = "Uma porta remota é um número de 1 a 65535";
        Backlog = "Um backlog é um número de 1 a 65535";
        LabDelay = "Digite um atraso de no máximo 10s, como 50ms, ou nada";
        LabLoss = "Digite uma porcentagem de pacotes de 0% a 100%, como 1%, ou nada";
        Size = "Digite um número de bytes, ou de KiB ou MiB com k ou m, como 64k";
        WriteBytes = "Digite um tamanho de escrita de 1 byte a 1 MiB, como 64k";
        ReadBuffer = "Digite um tamanho de buffer de 1 byte a 1 MiB, como 64k";
        Duration = "Digite um tempo com a unidade: ms, s ou m, como 200ms ou 5s";
        ConnectTimeout = "Um tempo limite de conexão fica entre 1ms e 10m";
        Reconnect = "Digite a primeira e a maior espera, de 10ms a 60m, e, se quiser, quantas vezes, como 1s..30s, 10";
        Period = "Entre duas mensagens há pelo menos 1ms";
        Times = "Digite um número de vezes a partir de 1, ou nada";
        SocketPath = "Digite um caminho de no máximo 107 bytes, ou @ e um nome";
        Mode = "Digite permissões em octal, como 600 ou 660";
        Source = "Digite um endereço desta máquina, :porta ou ambos, como 192.168.1.5 ou :4000";
        KeepAlive = "Digite o tempo antes da primeira sonda, o intervalo e o número de sondas, como 60s,10s,5";
        Buffer = "Digite um tamanho de buffer de 1 byte a 1024m, como 64k";
        Ttl = "Um TTL é um número de 1 a 255";
        Linger = "Digite segundos inteiros, como 0s ou 5s";
        KeyAlone = "Uma chave acompanha seu certificado: escolha também esse arquivo, ou deixe este vazio";
        FlawOfFiles = "Só certificados que o Bothends cria podem ter um defeito proposital: deixe vazio o campo do arquivo do certificado";
        Alpn = "O nome de um protocolo tem no máximo 255 bytes";
        ForgetAfter = "Digite um silêncio de 100ms a 1440m, como 30s";
        Group = "Digite endereços multicast, como 239.1.2.3 ou ff02::fb";
        GroupFamily = "Um grupo é da mesma família que o endereço de escuta, IPv4 ou IPv6";
        Groups = "Um socket pode entrar em no máximo 20 grupos";
        Interface = "Digite o nome ou um endereço de uma das interfaces desta máquina, como eth0";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "Digite um número inteiro, como 7, ou nada";
        NotListening(name) = "{name} não está escutando. Inicie-o primeiro";
        NoServer = "O servidor ao qual este cliente conectava foi removido. Escolha outro servidor ou um endereço";
    }

    Addresses |language| {
        NoHost = "Digite um host: um nome ou um endereço, como localhost:9000";
        Port = "Uma porta é um número de 0 a 65535";
        NotIpv6 = "Não é um endereço IPv6. Escreva ::1, ou [::1]:9000 com uma porta";
        AfterBrackets = "Depois dos colchetes só pode vir uma porta, como em [::1]:9000";
        Url = "Isto é uma URL. Digite o host e a porta dela, como localhost:9000";
        HostCharacter = "Um host não tem espaços, barras nem caracteres de controle. Digite um nome ou um endereço";
    }

    Amounts |language| {
        Amount = "Digite uma quantidade, como 500 MiB ou 10 GiB";
        TooLittle = "O limite deve ser de pelo menos 1 MiB";
        Chunk = "Digite um número de bytes, como 64 ou 1 KiB";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "não é um arquivo comum";
        TooLong = "tem mais de 16 MiB";
    }
}
