//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    CodeLacks |language| {
        Lab = "Fora do código: o laboratório; é usada a rede do sistema";
        Framing(framing) = "Fora do código: o enquadramento {framing}; cada leitura é uma requisição";
        Field(place, field) = { format!("Fora do código: o campo {{{{{field}}}}} {}", place.in_words(language)) };
        Rule(name, what) = { format!("Fora do código, da regra {name:?}: {}", what.in_words(language)) };
        Reply = "Fora do código: a resposta; nada é respondido";
        Reconnect = "Fora do código: a reconexão";
        ReplyToReads = "Fora do código: uma resposta a cada requisição; cada linha é respondida";
        CloseAfterReply = "Fora do código: o fechamento depois da resposta";
        AnswerAfterFinish = "Fora do código: as respostas a um peer que já encerrou o envio; o ncat termina a conexão imediatamente";
        HalfOpen = "Fora do código: continuar semiaberta quando o peer encerra o envio";
        ReadBuffer = "Fora do código: o buffer de leitura";
        OtherPeers = "Fora do código: os peers além do primeiro";
        Backlog = "Fora do código: o backlog";
        Mode = "Fora do código: as permissões do arquivo do socket";
        SocketOptions = "Fora do código: as opções de socket";
        DualStack = "Fora do código: escutar também em IPv4";
        StartTls = "Fora do código: STARTTLS; a conexão continua em texto claro";
        TlsIdentity(file) = "Fora do código: os certificados que a Bothends CA cria; ponha um certificado e sua chave (PEM) em {file}";
        TlsIdentityOfNcat = "Fora do código: os certificados que a Bothends CA cria; o ncat cria um autoassinado";
        AuthorityFile(file) = "Necessário junto do código: o certificado da Bothends CA; grave-o com: bothends ca > {file}";
        OwnAuthority = "Fora do código: a confiança na Bothends CA; grave o certificado dela em um arquivo com: bothends ca";
        TlsFlaw = "Fora do código: o defeito proposital do certificado";
        TlsFault = "Fora do código: o que o TLS faz de errado de propósito";
        TlsNoName = "Fora do código: não enviar nome de servidor; o nome verificado é enviado";
        TlsVersions = "Fora do código: a escolha das versões de TLS";
        TlsClients = "Fora do código: pedir certificados aos clientes";
        TlsClientIdentity = "Fora do código: o certificado do próprio cliente";
        TlsHalfClose = "Fora do código: receber depois de encerrar o envio; com TLS, o Python termina a conexão";
    }

    CodePlaces |language| {
        Greeting = "da saudação";
        Reply = "da resposta";
        Message = "da mensagem";
        Rule(name) = "da regra {name:?}";
    }

    RuleLacks |language| {
        Time = "ela inteira, porque espera por um tempo";
        From = "ela inteira, porque vale só para alguns peers";
        Check = "ela inteira, porque confere uma soma de verificação";
        Within = "ela inteira, porque consulta o que é memorizado";
        Regex = "ela inteira, porque o Python não aceita essa expressão regular";
        Memory = "o que ela memoriza ou esquece";
        Others = "o que ela faz com outras conexões";
        Luck = "o descarte ou a corrupção de mensagens ao acaso";
        Tls = "o início do TLS";
        Reading = "a parada da leitura";
        Pace = "o ritmo do envio";
    }
}
