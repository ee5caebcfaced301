package io.waybill.benchmarks.storage;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;

/** control-api. */
record WaybillSide(URI api, long pid) implements Side {

  private static final String PROJECT = "0190a000-0000-7000-8000-000000000002";
  private static final String KEY = "Authorization: Bearer wb_dev_local_only\r\n";
  private static final long SMALL = 1024;
  private static final long HUNDRED_PARTS = 100L * 64 * 1024 * 1024;

  @Override
  public String name() {
    return "Waybill";
  }

  @Override
  public Client client() throws IOException {
    return new Caller(api);
  }

  private static final class Caller implements Client {
    private final Wire wire;
    private final String signing;

    Caller(URI api) throws IOException {
      this.wire = new Wire(api, KEY);
      this.signing = "/v1/uploads/" + create(HUNDRED_PARTS) + "/parts/presign";
    }

    private String create(long size) throws IOException {
      return wire.send(
              "POST",
              "/v1/projects/" + PROJECT + "/upload-tasks",
              """
              {"task_name":"benchmark","objects":[{"dataset_name":"run-%s","object_name":"run.bin",\
              "file_size_bytes":%d,"content_type":"application/octet-stream"}]}\
              """
                  .formatted(UUID.randomUUID(), size))
          .field("session_id");
    }

    @Override
    public void create() throws IOException {
      create(SMALL);
    }

    @Override
    public Completion stored() throws IOException {
      String upload = "/v1/uploads/" + create(SMALL);
      String url =
          wire.send("POST", upload + "/parts/presign", "{\"part_numbers\":[1]}").field("url");
      Parts.put(url);
      return client -> ((Caller) client).wire.send("POST", upload + "/complete", "{}");
    }

    @Override
    public boolean sign(int parts, boolean compact) throws IOException {
      wire.send(
          "POST",
          signing,
          "{\"part_number_start\":1,\"part_number_end\":%d%s}"
              .formatted(parts, compact ? ",\"encoding\":\"compact\"" : ""));
      return true;
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }
}
