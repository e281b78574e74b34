//! What entries of TLS mean, for those who learn it (RFC 8446 and 5246, certificates RFC 5280).

use crate::words::tls_meaning::TlsMeanings;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsMeanings {
        upgraded = "Até aqui, os dois lados falavam em texto claro, e qualquer um no caminho podia ler. Agora concordaram em iniciar TLS na mesma conexão (STARTTLS): em seguida o cliente envia seu ClientHello, e tudo o que vem depois do handshake é cifrado.";
        hello = "O cliente fala primeiro: lista o que sabe fazer, em ordem de preferência, e o servidor escolhe dessa lista. A lista em si não é cifrada, por isso qualquer um no caminho pode ler qual nome de servidor é procurado (SNI, RFC 6066) e quais protocolos podem ser falados dentro do TLS (ALPN, RFC 7301).";
        agreed_13 = "Bastou uma ida e volta: o cliente já tinha enviado, no ClientHello, sua metade da troca de chaves, e o servidor respondeu com a outra metade, seu certificado e uma assinatura que prova que ele tem a chave do certificado. Os dois calcularam então as mesmas chaves, que nunca passaram pela rede. A partir daqui tudo é cifrado, e qualquer alteração é percebida.";
        agreed_12 = "O TLS 1.2 precisa de duas idas e voltas: primeiro os dois lados concordam sobre o que usar, e o servidor apresenta seu certificado, sem cifrá-lo; depois trocam chaves, e cada um prova com uma mensagem Finished que ninguém alterou o que foi dito. A partir daqui tudo é cifrado, e qualquer alteração é percebida.";
        agreed_retried = "O cliente tinha adivinhado qual grupo o servidor usaria na troca de chaves, e errou. O servidor pediu outro (HelloRetryRequest, RFC 8446, 4.1.4), o que custa mais uma ida e volta. A partir daqui tudo é cifrado.";
        agreed_resumed = "Os dois lados se lembravam de uma sessão anterior e derivaram novas chaves do segredo dela, por isso nenhum certificado foi apresentado de novo: foi verificado naquela ocasião. Isso poupa tempo e processamento. A partir daqui tudo é cifrado.";
        agreed_unchecked = "A conexão é cifrada, mas ninguém sabe com quem: o certificado não foi verificado, já que este endpoint está configurado para aceitar qualquer um. Alguém no caminho poderia ler e alterar tudo, apresentando um certificado próprio.";
        refused = "Estes são os certificados que o peer apresentou antes que a conexão fosse recusada. O primeiro é o dele; cada um dos seguintes deve ser de quem assinou o anterior. O último deve ser assinado por uma raiz confiável aqui, que não é enviada. O fim da conexão diz qual verificação falhou.";
        alert_sent = "Um alerta é a última palavra de um lado que desiste: o número dele diz por quê, e depois de um fatal a conexão é fechada. Este lado o enviou.";
        alert_received = "Um alerta é a última palavra de um lado que desiste: o número dele diz por quê, e depois de um fatal a conexão é fechada. Um alerta diz pouco de propósito: o log do peer muitas vezes sabe mais.";
        alert_warning = "Um aviso não termina a conexão. No TLS 1.3 só restam dois: close_notify e user_canceled.";
        close_notify_sent = "close_notify diz ao peer, cifrado e protegido, que este lado não envia mais nada. Sem ele, o peer não teria como saber se alguém no caminho cortou o fluxo antes do fim.";
        close_notify_received = "O peer disse, cifrado e protegido, que enviou tudo: não falta nada. Um FIN sozinho não provaria nada, já que qualquer um no caminho pode enviar um.";
        cut = "A conexão TCP terminou, mas o peer não disse close_notify. Talvez o programa dele não se dê ao trabalho, como muitos; talvez alguém no caminho tenha cortado o fluxo (um ataque de truncamento). O TLS não distingue um caso do outro, portanto o que chegou pode estar incompleto.";
        secrets = "Os segredos desta conexão foram escritos no registro de chaves (SSLKEYLOGFILE), para que o Wireshark e outros possam decifrar os pacotes capturados. Quem tiver o arquivo também pode. Desative o registro quando não precisar dele.";

        failed_trust = "Um certificado é uma declaração: esta chave pertence a esse nome, assinada por uma autoridade certificadora (CA). Um cliente confia em algumas autoridades, suas raízes, e segue as assinaturas do certificado do peer até uma delas (RFC 5280, seção 6). Aqui esse caminho não levou a lugar nenhum.";
        failed_name = "Um cliente compara o nome que procurava com os nomes alternativos do certificado (RFC 9525), nunca com o titular. Um curinga como *.example.org representa exatamente uma parte de um nome. Sem essa verificação, qualquer um com um bom certificado para outro nome poderia se passar por este servidor.";
        failed_dates = "Um certificado vale entre duas datas, pelo relógio de quem o verifica. As autoridades limitam o prazo para que uma chave roubada não sirva para sempre. Quando muitos certificados falham de uma vez, quase sempre é o relógio que está errado.";
        failed_certificate = "Cada certificado da cadeia é verificado: a assinatura, as datas, para que pode ser usado e se a chave é forte o bastante. Uma dessas verificações falhou, por isso nada foi enviado além de um alerta.";
        failed_choice = "O cliente oferece listas, e o servidor escolhe delas. Quando nada em uma lista serve ao servidor, não há conexão; nada é cifrado com menos do que os dois aceitam.";
        failed_client = "Um servidor também pode pedir certificados aos clientes (TLS mútuo), e então sabe quem são. No TLS 1.3, o cliente envia seu certificado bem no fim e pode achar que está tudo certo antes de o servidor o examinar: por isso uma recusa pode vir depois do handshake.";
        failed_not_tls = "TLS começa com um registro de certa forma: na maioria dos casos, 16 03 01. O que veio tem outra forma, portanto o peer fala outra coisa nesta porta.";
        failed_silence = "O handshake precisa de respostas dos dois lados. Nenhuma veio a tempo, ou a conexão terminou antes. Talvez o peer fale outro protocolo e espere que o outro lado comece.";
        failed_bytes = "Cada registro leva um código de autenticação que só quem tem as chaves consegue calcular, e cada mensagem tem sua forma e sua vez. O que veio não combina com nenhuma das duas coisas. O TLS não conserta nada: termina a conexão em vez de repassar o que pode ser forjado.";
        failed_alert = "O peer terminou o handshake com um alerta. Ele diz pouco de propósito, para que um atacante não aprenda nada; o log do peer muitas vezes diz mais.";
        failed_other = "A biblioteca TLS se recusou a continuar. O que ela diz está acima.";
        settings = "Certificados, chaves e raízes são lidos antes da primeira conexão, para que um arquivo errado seja percebido agora, e não pelo primeiro peer.";
        no_tls = "TLS pode começar uma vez em uma conexão, e só onde o endpoint dela diz com qual certificado ou com quais raízes.";
    }
}
