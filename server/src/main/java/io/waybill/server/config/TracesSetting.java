package io.waybill.server.config;

/** Where spans go. */
public enum TracesSetting implements Setting {
  ENDPOINT(
      "endpoint",
      "",
      "where spans are posted, by OTLP over HTTP, such as `http://collector:4318`; without a path"
          + " `/v1/traces` is meant; empty: there are no traces"),
  SAMPLE(
      "sample",
      "0.1",
      "share of the traces that begin here which are told, 0 to 1; who sends a `traceparent` has"
          + " decided it");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  TracesSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.traces." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
