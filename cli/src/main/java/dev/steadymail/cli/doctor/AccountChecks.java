package dev.steadymail.cli.doctor;

/** What has to be right once the server can be spoken to. */
interface AccountChecks {
    /** Gets in. */
    String login();

    /** Looks at what may be done once in. */
    String rights();
}
