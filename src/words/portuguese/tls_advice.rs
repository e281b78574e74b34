//! What would help where TLS failed.

use crate::words::tls_advice::TlsAdvices;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsAdvices {
        trust(issuer) = "Se este é o peer que você quer, confie na CA dele: escolha como raízes o arquivo com o certificado de {issuer}";
        send_chain(issuer) = "Faça o peer enviar a cadeia inteira, ou confie na CA dele: escolha como raízes o arquivo com o certificado de {issuer}";
        trust_itself = "Se este é o peer que você quer, escolha como raízes o arquivo do certificado dele; para um teste, este endpoint também pode ficar sem verificação";
        ask_for(names, expected) = "Peça um dos nomes que o certificado tem ({names}), ou dê ao peer um certificado para {expected}";
        name_it(expected) = "Dê ao peer um certificado com {expected} entre os nomes alternativos";
        renew = "Peça a renovação do certificado do peer; se a data aqui está errada, acerte o relógio desta máquina";
        wait = "Se a data aqui está errada, acerte o relógio desta máquina; caso contrário, espere até lá ou peça outro certificado";
        for_use = "Peça um certificado para este uso: servidores precisam de serverAuth, e clientes, de clientAuth, entre os usos estendidos da chave";
        same_pair = "Verifique se o certificado e a chave do peer formam um par, e se as raízes escolhidas contêm exatamente esta CA: duas de mesmo nome têm chaves diferentes";
        longer_key = "Peça um certificado com uma chave mais longa: RSA de 2048 bits ou mais, ou ECDSA com P-256";
        better_signature = "Peça que o certificado seja assinado de novo, com SHA-256 ou melhor";
        new_certificate = "Peça um novo certificado para o peer";
        common_version = "Use TLS 1.2 ou 1.3 nos dois lados; versões mais antigas são inseguras e não são usadas aqui";
        common_suite = "Permita em um lado uma suíte de cifras do outro";
        common_group = "Permita em um lado um grupo do outro; quase todos conhecem x25519 e secp256r1";
        common_scheme = "Dê ao servidor um certificado com outro tipo de chave: quase todos os clientes aceitam RSA e ECDSA com P-256";
        common_protocol = "Digite o mesmo protocolo nos dois lados, ou nenhum em um deles";
        give_client_one = "Dê ao cliente um certificado, ou faça este servidor pedir um sem exigi-lo";
        choose_one = "Escolha para este cliente um certificado e sua chave, de uma CA em que o servidor confie";
        let_peer_trust = "Faça o peer confiar na CA que assinou o certificado deste lado (a deste programa pode ser exportada), ou use um certificado de uma CA em que ele confie";
        our_dates = "Verifique as datas do certificado deste lado e o relógio da máquina do peer";
        our_certificate = "Olhe o certificado deste lado com os olhos do peer: nomes, datas, uso e CA; o log do peer talvez diga mais";
        plain_server = "O servidor fala HTTP em texto claro aqui: use tcp://, ou a porta TLS dele (muitas vezes 443)";
        plain_client = "O cliente fala HTTP em texto claro: faça-o usar https://, ou deixe este servidor escutar sem TLS";
        ssh = "SSH tem sua própria criptografia: use tcp:// para observá-lo, ou outra porta";
        starttls = "Use tcp:// e inicie TLS quando o protocolo permitir (STARTTLS), ou use a porta TLS do peer";
        use_tcp = "Use tcp:// se o peer fala outro protocolo aqui, ou confira a porta";
        is_it_tls = "Verifique se nesta porta se fala TLS: quem espera texto claro não diz nada. Nesse caso, use tcp://, ou inicie TLS depois (STARTTLS)";
        more_time = "Tente de novo, ou dê mais tempo; o resto pode ter se perdido no caminho";
        look_there = "Veja o log do peer: quem não aceita um nome, uma versão ou um certificado às vezes só fecha a conexão";
        on_the_way = "Tente de novo; se continuar assim, procure um proxy ou um dispositivo com defeito no caminho";
        faulty_peer = "Procure um defeito no TLS do peer, ou algo no caminho que altere bytes";
        ask_other_name = "Peça um nome que o servidor tenha";
        peers_log = "Veja o log do peer";
        allow_more = "Permita mais em um dos lados: versões, suítes de cifras, grupos; alguns servidores querem também um certificado do cliente, ou outro nome";
    }
}
