package io.waybill.server.config;

/** What every process is told of its place: its surroundings, whom it trusts, how it logs. */
public enum ProcessSetting implements Setting {
  ENVIRONMENT(
      "environment",
      "development",
      "`production` refuses what is only fit for a developer's machine, and names each offence"),
  CA_FILE(
      "ca-file",
      "",
      "PEM file of authorities to trust beside this machine's, for storage, broker and webhooks; the"
          + " database believes only them where its URL says `sslmode=verify-full`"),
  LOG_FORMAT(
      "log.format",
      "auto",
      "`json`: one object per line; `plain`: for people; `auto`: plain on a terminal"),
  LOG_LEVEL("log.level", "INFO", "ERROR, WARN, INFO or DEBUG for our own classes"),
  ALLOW_DEVELOPMENT_SEED(
      "allow-development-seed",
      "false",
      "lets the development seed be loaded although a listener is not on loopback");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  ProcessSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
