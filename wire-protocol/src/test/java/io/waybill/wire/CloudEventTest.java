package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudEventTest {
  private static final String BASE = "https://waybill.io/schemas/v1/";

  @Test
  void an_event_is_written_as_its_schema_says() {
    UUID id = new UUID(1, 2);
    UUID tenant = new UUID(3, 4);
    UUID session = new UUID(5, 6);
    String text =
        new String(
            new CloudEvent(
                    id,
                    tenant,
                    "upload.completed",
                    "upload_session/" + session,
                    7,
                    Instant.parse("2026-11-23T08:00:00.123456Z"),
                    Map.of("status", "COMPLETED"))
                .encode(),
            StandardCharsets.UTF_8);

    assertThat(text)
        .isEqualTo(
            """
            {"specversion":"1.0","id":"%s","source":"/tenants/%s","type":"upload.completed",\
            "subject":"upload_session/%s","time":"2026-11-23T08:00:00.123456Z",\
            "datacontenttype":"application/json","tenantid":"%s","sequence":"7",\
            "data":{"status":"COMPLETED"}}\
            """
                .formatted(id, tenant, session, tenant));
    assertThat(
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                        builder.schemaIdResolvers(
                            resolvers -> resolvers.mapPrefix(BASE, "classpath:schemas/")))
                .getSchema(SchemaLocation.of(BASE + "event.json"))
                .validate(text, InputFormat.JSON))
        .isEmpty();
  }
}
