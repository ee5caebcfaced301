package io.waybill.core.device.usecase;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.BrokerPassword;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.IdSource;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes the secrets that devices show. */
final class CredentialMaterial {
  private static final int RANDOM_BYTES = 32;

  private final IdSource ids;
  private final SecureRandom random = new SecureRandom();

  CredentialMaterial(IdSource ids) {
    this.ids = ids;
  }

  /**
   * A new credential of this device, of its newest version.
   *
   * @param seconds that it lasts; null for ever
   * @param endsOthers whether the device has no other one from now on
   */
  DeviceAnswer.WithCredential issue(
      DeviceStores tx, Device device, @Nullable Long seconds, boolean endsOthers, Instant now) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String material = "wbd_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Credential credential =
        new Credential(
            ids.next(),
            device.tenantId(),
            device.deviceId(),
            device.credentialVersion(),
            false,
            endsOthers,
            now,
            seconds == null ? null : now.plusSeconds(seconds));
    CredentialHashes kept =
        new CredentialHashes(Authenticate.hashOf(material), BrokerPassword.hashOf(material));
    tx.credentials().insert(credential, kept);
    return new DeviceAnswer.WithCredential(
        DeviceAnswer.of(device), DeviceAnswer.Issued.of(credential, material));
  }
}
