"""The names of customers: some common and many rare, in several scripts."""

from random import Random

FIRST_NAMES = """
    Maria Anna José Giovanni Wei Rosa Ana Luca Marco Sofia Giulia Elena Paul Peter Hans
    Ivan Olga Ahmed Fatima John Mary James Linda Robert Susan David Karen Mark Lisa Zoë
    Jürgen Łukasz Agnieszka Søren Ingrid Chiara Alessandro Francesca Matteo Priya Rahul
    Amit Sunita Mohammed Aisha Yusuf Ayşe Mehmet Дмитрий Наталья Thomas Emma Olivia Noah
    Liam Lucas Hugo Camille Léa Chloé Antoine Pablo Lucía Carmen Diego Joana Pedro João
    Inês Kofi Ama Chinedu Ngozi Thabo Naledi Hiroshi Yuki Min-jun Seo-yeon Linh Minh
"""
LAST_NAMES = """
    Rossi Bianchi Ferrari Russo Esposito Romano Colombo Ricci Marino Greco Smith Jones
    Brown Taylor Wilson Davies Evans Johnson García Martínez López Hernández González
    Müller Schmidt Weber Fischer Wagner Becker Novák Dvořák Kowalski Nowak Wiśniewski
    Ivanov Petrov Kuznetsov Kim Lee Park Choi Nguyễn Trần Lê Phạm Chen Wang Zhang Liu
    Singh Kumar Patel Sharma Gupta Khan Ahmed Hussain Silva Santos Oliveira Costa Dubois
    Laurent Moreau Bernard Jensen Nielsen Hansen Johansson Andersson Virtanen Korhonen
    O'Brien Murphy Kelly Walsh MacDonald Okafor Mensah Nkosi Dlamini Öztürk Kaya Demir
    Cohen Levi Haddad Nasser Tanaka Suzuki Sato Watanabe Popescu Horvat Jovanović Nagy
"""
CHINESE_NAMES = "王小明 李静 张伟 刘洋 陈思远 杨柳 赵雪 黄海 周杰 吴敏"
FIRST, LAST = FIRST_NAMES.split(), LAST_NAMES.split()
CHINESE = CHINESE_NAMES.split()
# One in three is known by the number alone, one in a hundred writes no letters.
NAMELESS, IN_CHINESE = 3, 100


def name(number: int) -> str | None:
    """What the customer of this number is called, always the same."""
    if number % NAMELESS == 0:
        return None
    pick = Random(number)
    if pick.randrange(IN_CHINESE) == 0:
        return pick.choice(CHINESE)
    middle = f" {pick.choice(FIRST)}" if pick.random() < 1 / 4 else ""
    return f"{often(pick, FIRST)}{middle} {often(pick, LAST)}"


def often(pick: Random, names: list[str]) -> str:
    """The first ones are much more common than the last."""
    return names[int(pick.random() * pick.random() * len(names))]
