"""What all pages show."""

PLACES = ("Assam", "Darjeeling", "Fujian", "Kagoshima & Uji", "Nuwara Eliya")
ROWS = [
    (
        number,
        f"Tea <{number}>" if number % 10 == 0 else f"Tea {number}",
        PLACES[number % 5],
        number * 1.25,
    )
    for number in range(1, 1_001)
]
LINKS = [("/", "Home"), ("/teas", "Teas"), ("/about", "About us")]
USER = "Ada & Grace"
ORDERS = [("Assam", 3), ("Sencha", 1), ("Rooibos <red>", 2), ("Earl Grey", 5), ("Mint", 1)]
