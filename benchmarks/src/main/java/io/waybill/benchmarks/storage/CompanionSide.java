package io.waybill.benchmarks.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Uppy Companion: the same three steps, with no database and nobody asked who calls. */
record CompanionSide(URI server, long pid) implements Side {

  @Override
  public String name() {
    return "Companion";
  }

  @Override
  public Client client() throws IOException {
    return new Caller(server);
  }

  private static final class Caller implements Client {
    private final Wire wire;
    private final Upload signing;

    private record Upload(String id, String key) {
      String path(String step, String query) {
        return "/s3/multipart/" + id + "/" + step + "?key=" + key + query;
      }
    }

    Caller(URI server) throws IOException {
      this.wire = new Wire(server, "");
      this.signing = make();
    }

    private Upload make() throws IOException {
      Wire.Answer made =
          wire.send(
              "POST",
              "/s3/multipart",
              "{\"filename\":\"run.bin\",\"type\":\"application/octet-stream\",\"metadata\":{}}");
      return new Upload(encoded(made.field("uploadId")), encoded(made.field("key")));
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void create() throws IOException {
      make();
    }

    @Override
    public Completion stored() throws IOException {
      Upload upload = make();
      String etag = Parts.put(wire.send("GET", upload.path("1", ""), "").field("url"));
      String parts =
          "{\"parts\":[{\"PartNumber\":1,\"ETag\":\"%s\"}]}".formatted(etag.replace("\"", "\\\""));
      return client -> ((Caller) client).wire.send("POST", upload.path("complete", ""), parts);
    }

    @Override
    public boolean sign(int parts, boolean compact) throws IOException {
      if (compact) {
        return false;
      }
      String all =
          IntStream.rangeClosed(1, parts).mapToObj(n -> "" + n).collect(Collectors.joining(","));
      wire.send(
          "GET",
          parts == 1 ? signing.path("1", "") : signing.path("batch", "&partNumbers=" + all),
          "");
      return true;
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }
}
