package dev.steadymail.guard;

/** What keeps a call from starting. */
enum Obstacle {
    PLACES("a place"),
    PAUSE("a place"),
    CIRCUIT("the circuit"),
    CAP("the interval's cap"),
    QUOTA("the account's quota"),
    SHARED("the quota that it shares with other accounts"),
    SHARED_CIRCUIT("the circuit that it shares with other accounts"),
    ELSEWHERE("the quota that it shares with other processes");

    private final String text;

    Obstacle(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
