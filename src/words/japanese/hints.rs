//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { JAPANESE:
    Hints {
        hint = "ヒント";
        select_row = "行を選択すると、バイトと、何が起きたかが表示されます。";
        lanes = "「レーン」は同じ内容を、ハンドシェイクと FIN も含めて両端の間の矢印で示します。";
        commands(key) = "{key} を押すと、すべてのコマンドを名前の一部から検索できます。";
        dismiss = "ヒントを閉じる";
    }
}
