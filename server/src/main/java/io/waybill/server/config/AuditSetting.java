package io.waybill.server.config;

/** The audit trail. */
public enum AuditSetting implements Setting {
  RETENTION_DAYS(
      "retention-days",
      "0",
      "for `admin migrate`: how long audit rows are kept after the end of their month, 0 to 36500"
          + " days, and at least as long as any dataset; 0: for ever");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  AuditSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.audit." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
