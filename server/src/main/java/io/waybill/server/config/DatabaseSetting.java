package io.waybill.server.config;

/** Where the rows are. */
public enum DatabaseSetting implements Setting {
  URL(
      "url",
      "jdbc:postgresql://127.0.0.1:25432/waybill",
      "PostgreSQL 17 or newer; setting it replaces the embedded one"),
  LISTEN_URL(
      "listen-url",
      "",
      "the same PostgreSQL itself, where `url` is a pooler that shares connections between"
          + " transactions: each process hears there of new events; `url` if empty"),
  USER(
      "user",
      "waybill",
      "who works in the database: the services as the role that may change no audit row,"
          + " `admin migrate` as the owner of the schema"),
  PASSWORD("password", "waybill_dev_local_only", "its password"),
  SERVICE_USER(
      "service-user",
      "",
      "for `admin migrate`: the role that the services work as, which is given its rights; empty"
          + " where that is the owner"),
  EVENT_RETENTION_DAYS(
      "event-retention-days",
      "0",
      "for `admin migrate`: how long the events of uploads are kept after the end of their month, 0"
          + " to 36500 days; 0: for ever"),
  POOL_SIZE("pool-size", "", "connections of one process; cores × 2 + 1 if empty");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  DatabaseSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.database." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
