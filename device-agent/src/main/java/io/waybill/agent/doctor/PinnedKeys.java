package io.waybill.agent.doctor;

import io.waybill.agent.config.ConfigException;
import io.waybill.agent.config.Given;
import io.waybill.agent.config.Settings;
import io.waybill.agent.local.DiskTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The public keys of {@code receipt.keys}, each as the {@code x} of its JWK. */
public final class PinnedKeys {

  private static final int KEY_BYTES = 32;

  private PinnedKeys() {}

  /**
   * Reads them all.
   *
   * @throws ConfigException when one is neither a key nor a file of one
   */
  public static List<String> of(List<Given> given) {
    return given.stream().map(PinnedKeys::of).toList();
  }

  private static String of(Given given) {
    if (given.text().matches("[A-Za-z0-9_-]{43}")) {
      return given.text();
    }
    try {
      String pem = Files.readString(Settings.path(given), StandardCharsets.US_ASCII);
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length));
    } catch (IOException e) {
      throw new ConfigException(given.where() + " cannot be read: " + DiskTrouble.words(e));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ConfigException(
          given.where() + " is the x of an Ed25519 key, or a PEM file of such a public key");
    }
  }
}
