package io.waybill.core.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs URLs for the public endpoint. Pure CPU: no connection, no lock, no clock of its own. What
 * it returns is secret until it expires.
 */
public interface UrlSigner {

  /** Signs PUT URLs of parts of one upload, each for its exact length. */
  SignedParts signParts(PartsToSign request);

  /**
   * Signs a GET URL.
   *
   * @param fileName what a browser saves it as ({@code response-content-disposition})
   */
  String signDownload(ObjectLocation location, String fileName, Instant now, Duration life);

  /** The endpoint that clients will talk to, as {@code describe} tells it: scheme, host, port. */
  String publicEndpoint(String endpointRef);

  /**
   * Parts to sign for; all parts of one request share everything but number, length and sum.
   *
   * @param algorithm of the sums that the parts have; null where they have none
   */
  record PartsToSign(
      ObjectLocation location,
      String uploadId,
      List<PartLength> parts,
      @Nullable ChecksumAlgorithm algorithm,
      Instant now,
      Duration life) {
    public PartsToSign {
      parts = List.copyOf(parts);
      for (PartLength part : parts) {
        if ((part.checksum() == null) != (algorithm == null)) {
          throw new IllegalArgumentException("every part has a sum, or none has");
        }
      }
    }

    /** Parts without sums. */
    public PartsToSign(
        ObjectLocation location,
        String uploadId,
        List<PartLength> parts,
        Instant now,
        Duration life) {
      this(location, uploadId, parts, null, now, life);
    }
  }

  /**
   * One part and the exact number of bytes its URL takes.
   *
   * @param checksum in Base64, which the bytes must have; null where the store checks none
   */
  record PartLength(int partNumber, long lengthBytes, @Nullable String checksum) {
    public PartLength(int partNumber, long lengthBytes) {
      this(partNumber, lengthBytes, null);
    }
  }

  /**
   * What all URLs share, and each part's signature: {@code urlTemplate} holds {@code {part_number}}
   * and {@code {signature}} once each.
   */
  record SignedParts(String urlTemplate, List<PartSignature> signatures) {
    public SignedParts {
      signatures = List.copyOf(signatures);
    }

    /** The whole URL of one part. */
    public String url(PartSignature part) {
      return urlTemplate
          .replace("{part_number}", Integer.toString(part.partNumber()))
          .replace("{signature}", part.signature());
    }

    @Override
    public String toString() {
      return "SignedParts[" + signatures.size() + "]";
    }
  }

  /** Lower-case hex. */
  record PartSignature(int partNumber, String signature) {
    @Override
    public String toString() {
      return "PartSignature[" + partNumber + "]";
    }
  }
}
