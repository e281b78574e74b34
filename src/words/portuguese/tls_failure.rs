//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsFailures {
        failed_with(peer, why) = "TLS com {peer} falhou: {why}";
        failed(why) = "TLS falhou: {why}";
        line(name, text) = "{name}: {text}";

        expected = "Esperado";
        offered = "Oferecido pelo cliente";
        came = "Recebido";
        accepted = "Aceito pelo servidor";
        sent = "Enviado";
        says_so = "Quem diz";
        server_name = "Nome do servidor (SNI)";
        what_to_do = "O que fazer";
        no_server_name = "nenhum foi pedido";

        us_alert(alert) = "este lado, com o alerta {alert}";
        us = "este lado";
        peer_alert(alert) = "o peer, com o alerta {alert}";
        peer = "o peer";
        nobody = "ninguém: a conexão simplesmente terminou";
        nobody_waited = "ninguém: este lado deixou de esperar";

        untrusted = "a cadeia do certificado do peer não leva a nenhuma raiz confiável aqui";
        self_signed = "o certificado do peer é autoassinado";
        wrong_name = "o certificado do peer é para outro nome";
        nameless = "o certificado do peer não é para nome algum";
        expired = "o certificado do peer expirou";
        not_yet_valid = "o certificado do peer ainda não é válido";
        wrong_use = "o certificado do peer é para outro uso";
        bad_signature = "uma assinatura está errada";
        weak_key = "a chave do certificado do peer é fraca demais";
        bad_algorithm = "o certificado do peer foi assinado de um modo que não é aceito";
        revoked = "o certificado do peer foi revogado";
        bad_certificate = "o certificado do peer não pode ser usado";
        no_version = "nenhuma versão de TLS em comum";
        no_suite = "nenhuma suíte de cifras em comum";
        no_group = "nenhum grupo em comum para a troca de chaves";
        no_scheme = "nenhum esquema de assinatura em comum";
        no_alpn = "nenhum protocolo de aplicação em comum (ALPN)";
        client_unknown = "o cliente não disse quem é";
        refused = "o peer não aceita o certificado deste lado";
        not_tls = "o peer não fala TLS";
        timed_out = "o handshake demorou demais";
        closed = "o peer terminou a conexão durante o handshake (FIN)";
        reset = "o peer resetou a conexão durante o handshake (RST)";
        too_long = "o peer enviou um registro longo demais";
        undecipherable = "o que veio não pode ser decifrado";
        malformed = "uma mensagem do peer não pode ser lida";
        unexpected = "o peer violou as regras do TLS";
        incompatible = "falta ao peer algo de que este lado precisa";
        gave_up = "o peer desistiu";
        other = "outra coisa está errada";

        trusted_chain = "um certificado cuja cadeia termine em uma autoridade certificadora (CA) confiável";
        trusted_signature = "um assinado por uma autoridade certificadora (CA) confiável";
        chain_to(subject, issuer) = "o de {subject}, cuja cadeia termina em {issuer}";
        alone_by(subject, issuer) = "o de {subject}, assinado por {issuer}, sem nenhum outro junto: pode faltar um intermediário";
        signed_itself(subject) = "o de {subject}, assinado com a própria chave (autoassinado)";
        the_name(name) = "o nome {name}";
        no_name = "nenhum nome alternativo (um nome só no titular não conta)";
        valid_at(now) = "um válido agora, {now} pelo relógio desta máquina";
        was_until(until, ago) = "um válido até {until}, {ago} antes";
        is_from(from, ahead) = "um válido a partir de {from}, {ahead} depois";
        one_for(what) = "um para {what}";
        some_use = "o uso para o qual é apresentado";
        other_use = "outro uso";
        signed_by(issuer) = "um certificado assinado com a chave de {issuer}, apresentado por quem tem a chave dele";
        does_not_hold(subject) = "o de {subject}, em que uma das duas coisas não confere: ele foi alterado, outra autoridade de mesmo nome o assinou, ou o peer tem outra chave";
        strong_key = "RSA de 2048 bits ou mais";
        bits(bits) = "{bits} bits, que podem ser quebrados";
        strong_signature = "uma assinatura com SHA-256 ou melhor";
        standing = "um pelo qual a autoridade certificadora (CA) dele ainda responda";
        taken_back = "um que ela revogou antes do prazo";
        standard = "um que siga o padrão (RFC 5280)";
        said_of_it(detail) = "um do qual a verificação diz: {detail}";
        not_said = "não disse";
        client_certificate = "um certificado do cliente, que este servidor exige";
        client_certificate_there = "pelo servidor: um certificado do cliente";
        nothing = "nenhum";
        a_message = "uma mensagem TLS";
        first_bytes(first, looks) = "“{first}”, {looks}";
        like_http = "que é HTTP em texto claro";
        like_ssh = "que é como o SSH começa";
        like_greeting = "que é uma saudação em texto claro, como a de servidores de e-mail e FTP";
        like_text = "que é texto claro";
        like_nothing = "que não é TLS";
        end_within(time) = "o fim do handshake em até {time}";
        end = "o fim do handshake";
        came_nothing = "nada";
        came_part = "uma parte da primeira mensagem dele";
        came_hello = "a primeira mensagem dele, e depois não o que deveria vir";
        short_records = "registros de no máximo 16 KiB";
        longer_one = "um mais longo";
        right_keys = "bytes cifrados com as chaves combinadas pelos dois lados";
        wrong_keys = "bytes alterados no caminho, ou cifrados com outras chaves";
        readable = "uma mensagem legível";
        next_message = "a mensagem que vem a seguir";
        library(detail) = "nas palavras deste lado: {detail}";
    }
}
