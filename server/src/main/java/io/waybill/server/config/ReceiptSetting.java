package io.waybill.server.config;

/** What receipts of completed uploads are signed with, and in whose name. */
public enum ReceiptSetting implements Setting {
  KEY(
      "key",
      "MC4CAQAwBQYDK2VwBCIEII66ZSXq/S4FMcezeMoeBoNLp1gMn+cR9ojNH0CVqk6Y",
      "Ed25519 private key that signs receipts, the same for every process: a PEM file (PKCS#8), its"
          + " text, or the Base64 in it"),
  OLD_KEYS(
      "old-keys",
      "",
      "public keys that have signed before and are told still, separated by commas: PEM files, or"
          + " the Base64 in them"),
  ISSUER("issuer", "waybill", "what receipts say in `iss`, up to 255 characters");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  ReceiptSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.receipt." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
