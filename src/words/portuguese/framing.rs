//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Framings |language| {
        Unknown(name) = "Não existe o enquadramento {name:?}. Use line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, http, websocket, mqtt, postgres, resp, mllp, stx-etx, slip ou silence:20ms";
        NoArgument(name) = "{name} não aceita argumento";
        Bytes(name, problem) = { format!("{name} aceita bytes em hex: {}", problem.in_words(language)) };
        ByteCount(name) = "{name} aceita de 1 a {MAX_DELIMITER_BYTES} bytes em hex";
        Fixed = "fixed aceita um tamanho de 1 byte a 16 MiB, em bytes, como em fixed:8";
        Width = "length aceita u8, ou u16, u32 ou u64 com be ou le, como em length:u16be";
        Option(option) = "length não tem a opção {option:?}. Use at=N (posição do campo de comprimento, até 255), adjust=N (quantos bytes há além do comprimento) ou self (o comprimento conta a si mesmo)";
        VarintOption(option) = "varint não tem a opção {option:?}. Use at=N (posição do varint, até 255) ou most=N (máximo de bytes dele, até 10)";
        Marks = "between aceita o que inicia e o que termina um quadro, como em between:02,03, e, se quiser, um byte de escape diferente do fim";
        Silence = "silence aceita um tempo de 1 ms a 1 hora, como em silence:20ms ou silence:1.5s";
    }

    Faults |language| {
        Length(length) = "o campo de comprimento diz {length}, o que é impossível; o próximo quadro começa depois dele";
        Varint = "o comprimento é um varint longo demais; o próximo quadro começa depois dele";
        TooLong = "sem fim em 16 MiB; é cortado aqui";
        Outside = "bytes fora de qualquer quadro";
        Unfinished = "o fluxo terminou no meio dele";
        Gap = "faltam bytes depois dele";
        Rest = "o resto de uma mensagem de mais de 16 MiB";
        StartLine = "não é uma mensagem HTTP/1; o próximo quadro começa na próxima linha inicial";
        HeadLine = "uma linha do cabeçalho está dobrada, não tem nome ou não termina em CR LF";
        HeadTooLong = "o cabeçalho tem mais de 64 KiB";
        BodyLength = "o comprimento do corpo é inválido";
        TwoLengths = "tem Content-Length e também Transfer-Encoding, que prevalece";
        Chunk = "um bloco do corpo está malformado";
        Resp = "não é um valor RESP: o tipo, o comprimento ou o fim de linha está errado";
    }
}
