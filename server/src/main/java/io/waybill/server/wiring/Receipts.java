package io.waybill.server.wiring;

import io.waybill.core.upload.ReceiptSigner;
import io.waybill.doors.receipt.JwsReceipts;
import io.waybill.doors.receipt.ReceiptKeys;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.ReceiptSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Function;

/** Who signs receipts, as an operator has set it. No failure repeats what was given. */
final class Receipts {

  private static final int ISSUER_CHARS = 255;

  private Receipts() {}

  static ReceiptSigner of(Configuration configuration) {
    String issuer = configuration.text(ReceiptSetting.ISSUER);
    if (issuer.length() > ISSUER_CHARS) {
      throw new StartupFailure(
          "%s has more than %d characters"
              .formatted(ReceiptSetting.ISSUER.variable(), ISSUER_CHARS));
    }
    KeyPair current =
        key(ReceiptSetting.KEY, configuration.text(ReceiptSetting.KEY), ReceiptKeys::signing);
    List<PublicKey> before =
        configuration.list(ReceiptSetting.OLD_KEYS).stream()
            .map(text -> key(ReceiptSetting.OLD_KEYS, text, ReceiptKeys::verifying))
            .flatMap(List::stream)
            .toList();
    return new JwsReceipts(issuer, current, before);
  }

  private static <T> T key(Setting setting, String given, Function<String, T> reader) {
    boolean isFile = !ReceiptKeys.isKey(given);
    try {
      return reader.apply(isFile ? Files.readString(Path.of(given)) : given);
    } catch (IOException | InvalidPathException e) {
      throw new StartupFailure(
          setting.variable() + " is neither an Ed25519 key nor a file that can be read");
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s%s %s".formatted(setting.variable(), isFile ? ": the file" : "", e.getMessage()));
    }
  }
}
