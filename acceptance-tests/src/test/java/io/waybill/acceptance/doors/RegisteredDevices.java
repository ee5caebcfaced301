package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Devices that a test registers over HTTP, and what the site's broker makes of them. */
final class RegisteredDevices implements AutoCloseable {
  private static final String DEVICES = "/v1/projects/" + TwoPartUpload.PROJECT + "/devices";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Site site;
  private final Api admin;

  RegisteredDevices(Site site) {
    this.site = site;
    this.admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  /** One of them, and what it may show. */
  record Registered(UUID id, String secret) {}

  Registered register() {
    String code = "known-" + UUID.randomUUID().toString().substring(0, 8);
    JsonNode made =
        admin
            .post(DEVICES, "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(code, code))
            .ok();
    return new Registered(UUID.fromString(made.at("/device/device_id").asString()), secretIn(made));
  }

  /** The same device with its next credential. */
  Registered rotate(Registered device) {
    JsonNode made = admin.post(DEVICES + "/" + device.id() + "/credentials/rotate", "{}").ok();
    return new Registered(device.id(), secretIn(made));
  }

  private static String secretIn(JsonNode made) {
    return made.at("/credential/credential_material").asString();
  }

  /** {@code disable}, {@code enable} or {@code revoke}. */
  void move(Registered device, String how) {
    admin.post(DEVICES + "/" + device.id() + "/" + how, "").ok();
  }

  /** Connects, and asks again what is not answered within that time. */
  Device connect(Registered device, Duration repeat) {
    return Device.connect(site.configuration(), device.id(), device.secret(), repeat);
  }

  boolean isLetIn(Registered device) {
    String name = device.id().toString();
    return Spy.isLetIn(site.configuration(), name, name, device.secret());
  }

  void awaitLetIn(boolean expected, Registered device) {
    Awaitility.await().atMost(LONG).until(() -> isLetIn(device) == expected);
  }

  @Override
  public void close() {
    admin.close();
  }
}
