import pytest

from pipeline.grammar.countries import states_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Permanent Representative of Azerbaijan to the United Nations", ["AZ"]),
        ("البعثة الدائمة لأذربيجان لدى مكتب الأمم المتحدة", ["AZ"]),
        ("الممثل الدائم للبنان", ["LB"]),
        ("Постоянного представителя Азербайджана", ["AZ"]),
        ("Постоянного представителя Российской Федерации", ["RU"]),
        ("Постоянного представителя Армении", ["AM"]),
        ("Representante Permanente de Egipto", ["EG"]),
        ("Representante Permanente de la Federación de Rusia", ["RU"]),
        ("Guinea-Bissau", ["GW"]),
        ("the Democratic Republic of the Congo", ["CD"]),
        ("阿塞拜疆常驻联合国代表", ["AZ"]),
        ("Niger and Nigeria", ["NE", "NG"]),
        ("South Sudan and the Sudan", ["SS", "SD"]),
        ("Côte d’Ivoire", ["CI"]),
        ("United Kingdom of Great Britain and Northern Ireland", ["GB"]),
        ("Türkiye", ["TR"]),
        ("the Military Staff Committee", []),
    ],
)
def test_states(text: str, codes: list[str]) -> None:
    assert states_in(text) == codes
