package io.waybill.server.config;

/** How the API is reached, and by how many. */
public enum HttpSetting implements Setting {
  HOST("host", "127.0.0.1", "address the API listens on"),
  PORT("port", "18080", "port the API listens on"),
  CORS_ORIGINS(
      "cors-origins",
      "http://localhost:5173,http://127.0.0.1:5173,http://localhost:18080,http://127.0.0.1:18080",
      "web pages that may call the API, separated by commas"),
  TRUSTED_PROXIES(
      "trusted-proxies",
      "",
      "addresses and networks of proxies whose `X-Forwarded-For` is believed, separated by commas; empty:"
          + " nobody's"),
  MAX_BODY_BYTES("max-body-bytes", "1048576", "largest request body, 1024 to 1048576"),
  MAX_CONNECTIONS("max-connections", "8192", "connections to the API open at once, 16 to 65536"),
  MAX_CONNECTIONS_PER_ADDRESS(
      "max-connections-per-address",
      "2048",
      "of them, those of one address, 1 to 65536; as many as in all where a proxy is in front"),
  MAX_STREAMS("max-streams", "1000", "event streams of one process open at once, 1 to 65536"),
  MAX_STREAMS_PER_CALLER(
      "max-streams-per-caller", "20", "of them, those of one key, person or device, 1 to 65536"),
  STREAM_HEARTBEAT_SECONDS(
      "stream-heartbeat-seconds",
      "15",
      "how often an event stream says that it is there, and its caller is looked at anew, 1 to 60");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  HttpSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.http." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
