package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Devices that a test registers over HTTP, and what the site's broker makes of them. */
final class RegisteredDevices implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Site site;
  private final Api admin;

  RegisteredDevices(Site site) {
    this.site = site;
    this.admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  Registered register() {
    return Registered.by(admin);
  }

  /** The same device with its next credential. */
  Registered rotate(Registered device) {
    return device.rotated(admin);
  }

  /** {@code disable}, {@code enable} or {@code revoke}. */
  void move(Registered device, String how) {
    device.move(admin, how);
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
