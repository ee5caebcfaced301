package io.waybill.server.config;

/** How the secrets of webhooks are kept, and whom webhooks may be brought to. */
public enum WebhookSetting implements Setting {
  KEY(
      "key",
      "d2F5YmlsbC1kZXZlbG9wbWVudC13ZWJob29rLWtleS0=",
      "Base64 of 32 random bytes that the secrets of webhook endpoints are sealed with, the same for"
          + " every process"),
  OLD_KEYS(
      "old-keys",
      "",
      "such keys of before, separated by commas: what they have sealed is opened still"),
  ALLOWED_NETWORKS(
      "allowed-networks",
      "",
      "networks such as `10.1.0.0/16` that are not of the public internet and may be told"
          + " nevertheless, separated by commas");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  WebhookSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.webhook." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
