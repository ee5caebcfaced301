package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who comes with the credential of a device that may not act is written down, but not each time.
 */
class RefusedDevicesTest {

  private final TestWorld world = new TestWorld();
  private final HttpCalls disabled = world.as(TestWorld.DISABLED_DEVICE);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void refused_devices_are_audited_once_a_minute() {
    for (int i = 0; i < 5; i++) {
      assertThat(disabled.get("/v1/describe").outcome()).isEqualTo("403 device.inactive");
    }
    assertThat(world.rows.facts().audit())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.action()).isEqualTo("device.request_refused");
          assertThat(row.result()).isEqualTo("device.inactive");
          assertThat(row.resourceId()).isEqualTo(TestWorld.id(0x19));
          assertThat(row.actor()).isEqualTo("device:" + TestWorld.id(0x19));
          assertThat(row.transport()).isEqualTo("http");
        });

    world.time.advance(Duration.ofMinutes(1));
    disabled.get("/v1/describe");
    assertThat(world.rows.facts().audit()).hasSize(2);
  }
}
