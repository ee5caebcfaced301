package io.waybill.server.config;

/** How the gateway reaches the broker. */
public enum MqttSetting implements Setting {
  HOST("host", "127.0.0.1", "the broker; setting it replaces the embedded one"),
  PORT("port", "11883", "its port"),
  TLS(
      "tls",
      "false",
      "`true` for TLS; whom it trusts: this machine's authorities and `WAYBILL_CA_FILE`"),
  USERNAME("username", "waybill-gateway", "the gateway's identity"),
  PASSWORD("password", "wb_dev_gateway_local_only", "its password"),
  CLIENT_ID(
      "client-id",
      "",
      "one per gateway; if empty, `waybill-gateway-<hostname>`, with `-<port>` behind it where the"
          + " probes have another port than 18082, so that a second gateway on one machine has its"
          + " own"),
  SHARE_GROUP(
      "share-group",
      "waybill",
      "gateways of one group share the requests; `none` for a broker without shared subscriptions"
          + " and one active gateway"),
  TOPIC_PREFIX("topic-prefix", "device", "first level of every topic"),
  MAX_PAYLOAD_BYTES("max-payload-bytes", "262144", "largest request of a device, 1024 to 262144");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  MqttSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.mqtt." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
