package io.waybill.core.memory;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner;
import java.time.Duration;
import java.time.Instant;

/** URLs of the right shape that no store takes. */
public final class MemorySigner implements UrlSigner {

  private static final int SIGNATURE_DIGITS = 64;

  @Override
  public SignedParts signParts(PartsToSign request) {
    String template =
        "https://memory.invalid/%s/%s?uploadId=%s&partNumber={part_number}&X-Amz-Signature={signature}"
            .formatted(request.location().bucket(), request.location().key(), request.uploadId());
    return new SignedParts(
        template,
        request.parts().stream()
            .map(p -> new PartSignature(p.partNumber(), signature(p)))
            .toList());
  }

  private static String signature(PartLength part) {
    String digits = Long.toHexString(31L * part.partNumber() + part.lengthBytes());
    return "0".repeat(SIGNATURE_DIGITS - digits.length()) + digits;
  }

  @Override
  public String signDownload(ObjectLocation location, String fileName, Instant now, Duration life) {
    return "https://memory.invalid/%s/%s?X-Amz-Expires=%d&X-Amz-Signature=%064x"
        .formatted(location.bucket(), location.key(), life.toSeconds(), 7);
  }

  @Override
  public String publicEndpoint(String endpointRef) {
    return "https://memory.invalid";
  }
}
