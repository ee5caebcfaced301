package io.waybill.agent.cli;

import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the device's credential comes from. */
final class OwnCredential {

  private static final String SEEDED = "wbd_dev_robot_17_local_only";

  private OwnCredential() {}

  /** The one that is configured; empty when none is. */
  static Optional<Credentials> of(Settings settings) {
    return settings
        .credential()
        .map(given ->
            settings
                .credentialFile()
                .map(file -> kept(file, given.text()))
                .orElseGet(() -> Credentials.fixed(given.text())));
  }

  private static Credentials kept(Path file, String secret) {
    try {
      return Credentials.kept(file, secret);
    } catch (IOException e) {
      throw new UsageException(
          "what is beside " + LocalPath.text(file) + " cannot be read: " + DiskTrouble.words(e));
    }
  }

  /** The well-known one, which never leaves this machine. */
  static Credentials seeded(boolean isSeededDevice, String host) {
    if (!isSeededDevice || !SettingText.isLoopback(host)) {
      throw new UsageException(
          Key.CREDENTIAL.env()
              + " is not set. It is shown once, when the device is registered; the development"
              + " credential works with ./waybill up on this machine only");
    }
    return Credentials.fixed(SEEDED);
  }
}
