package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

/** What routes about devices need to answer well: the only device there is. */
final class DeviceSituations {
  private static final String DEVICES = "/v1/projects/" + TestWorld.PROJECT + "/devices";

  private final TestWorld world;

  DeviceSituations(TestWorld world) {
    this.world = world;
  }

  String path(String template) {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    admin
        .get(DEVICES)
        .json()
        .get("devices")
        .valueStream()
        .forEach(known -> admin.delete(DEVICES + "/" + known.get("device_id").asString()));
    String path = template.replace("{project_id}", TestWorld.PROJECT.toString());
    if (!path.contains("{device_id}")) {
      return path;
    }
    HttpAnswer made = admin.post(DEVICES, "{\"name\": \"Press 2\", \"device_code\": \"press-2\"}");
    String device = made.json().at("/device/device_id").asString();
    return path.replace("{device_id}", device)
        .replace("{command_id}", path.contains("{command_id}") ? command(device) : "");
  }

  private String command(String device) {
    HttpAnswer asked =
        world
            .as(TestWorld.ADMIN)
            .post(DEVICES + "/" + device + "/upload", "{\"paths\": [\"/data/*\"]}");
    assertThat(asked.outcome()).isEqualTo("202");
    return asked.json().get("command_id").asString();
  }
}
