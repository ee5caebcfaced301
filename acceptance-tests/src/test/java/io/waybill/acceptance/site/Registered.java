package io.waybill.acceptance.site;

import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A device that a test has registered over HTTP, and what it may show. */
public record Registered(UUID id, String secret) {
  private static final String DEVICES =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/devices";

  /** Registers one under a name of its own. */
  public static Registered by(Api admin) {
    String code = "known-" + UUID.randomUUID().toString().substring(0, 8);
    JsonNode made =
        admin
            .post(DEVICES, "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(code, code))
            .ok();
    return new Registered(UUID.fromString(made.at("/device/device_id").asString()), secretIn(made));
  }

  /** The same device with its next credential. */
  public Registered rotated(Api admin) {
    return new Registered(id, secretIn(move(admin, "credentials/rotate", "{}")));
  }

  /** {@code disable}, {@code enable}, {@code revoke}, or {@code grant}: it may upload. */
  public void move(Api admin, String how) {
    move(admin, how, "");
  }

  private JsonNode move(Api admin, String how, String body) {
    return admin.post(DEVICES + "/" + id + "/" + how, body).ok();
  }

  private static String secretIn(JsonNode made) {
    return made.at("/credential/credential_material").asString();
  }
}
