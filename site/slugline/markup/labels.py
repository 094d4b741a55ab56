"""Words that rendering itself adds to a text, in the language of the text."""

from __future__ import annotations

__all__ = ["back_to_text"]

_BACK = {
    "en": "Back to the text of note {}",
    "de": "Zurück zum Text von Fußnote {}",
    "fr": "Retour au texte de la note {}",
    "es": "Volver al texto de la nota {}",
    "it": "Torna al testo della nota {}",
    "pt": "Voltar ao texto da nota {}",
    "nl": "Terug naar de tekst van noot {}",
    "sv": "Tillbaka till texten vid not {}",
    "da": "Tilbage til teksten ved note {}",
    "nb": "Tilbake til teksten ved note {}",
    "no": "Tilbake til teksten ved note {}",
    "fi": "Takaisin viitteen {} kohtaan tekstissä",
    "pl": "Powrót do tekstu przypisu {}",
    "cs": "Zpět k textu poznámky {}",
    "ru": "Назад к тексту примечания {}",
    "uk": "Назад до тексту примітки {}",
    "tr": "{} numaralı notun metnine dön",
    "ar": "العودة إلى نص الحاشية {}",
    "he": "חזרה לטקסט של הערה {}",
    "ja": "注{}の本文に戻る",
    "zh": "返回注释{}的正文",
    "ko": "각주 {}의 본문으로 돌아가기",
}


def back_to_text(lang: str) -> str:
    """The label of the link from a footnote back into the text, with ``{}`` for its number."""
    return _BACK.get(lang.lower().replace("_", "-").partition("-")[0], _BACK["en"])
