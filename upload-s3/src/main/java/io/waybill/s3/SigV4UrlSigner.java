package io.waybill.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner;
import io.waybill.s3.EndpointSigner.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * AWS Signature Version 4 in the query, the same bytes as the SDK's presigner for a fraction of its
 * work: everything that the URLs of one request share is encoded and hashed once.
 */
public final class SigV4UrlSigner implements UrlSigner {

  private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

  private final Map<String, EndpointSigner> signers;

  public SigV4UrlSigner(S3Settings settings) {
    signers =
        settings.endpoints().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> new EndpointSigner(entry.getValue())));
  }

  @Override
  public SignedParts signParts(PartsToSign request) {
    ObjectLocation location = request.location();
    EndpointSigner signer = signer(location.endpointRef());
    StoreAddress address = signer.address(location);
    ChecksumAlgorithm algorithm = request.algorithm();
    String names =
        algorithm == null ? "content-length;host" : "content-length;host;" + algorithm.header();
    Stamp stamp = signer.stamp(names.replace(";", "%3B"), request.now(), seconds(request.life()));
    String uploadId = UriEncoding.value(request.uploadId());

    Sha256 head =
        Sha256.empty().and("PUT\n", address.path(), "\n", stamp.canonicalQuery(), "&partNumber=");
    byte[] middle = ascii("&uploadId=" + uploadId + "\ncontent-length:");
    String sum = algorithm == null ? "" : "\n" + algorithm.header() + ":";
    byte[] host = ascii("\nhost:" + address.host() + sum);
    byte[] tail = ascii("\n\n" + names + "\nUNSIGNED-PAYLOAD");
    RequestSigning signing = new RequestSigning(stamp.key());
    List<PartSignature> signatures = new ArrayList<>(request.parts().size());
    for (PartLength part : request.parts()) {
      String signature = signing.sign(head, part, middle, host, tail);
      signatures.add(new PartSignature(part.partNumber(), signature));
    }
    String template =
        address.origin()
            + address.path()
            + "?partNumber={part_number}&uploadId="
            + uploadId
            + stamp.urlQuery()
            + "&X-Amz-Signature={signature}";
    return new SignedParts(template, signatures);
  }

  @Override
  public String signDownload(ObjectLocation location, String fileName, Instant now, Duration life) {
    EndpointSigner signer = signer(location.endpointRef());
    StoreAddress address = signer.address(location);
    Stamp stamp = signer.stamp("host", now, seconds(life));
    String disposition =
        "response-content-disposition="
            + UriEncoding.value(ContentDisposition.attachment(fileName));
    Sha256 canonical =
        Sha256.empty()
            .and("GET\n", address.path(), "\n", stamp.canonicalQuery(), "&", disposition)
            .and("\nhost:", address.host(), "\n\nhost\nUNSIGNED-PAYLOAD");
    return address.origin()
        + address.path()
        + "?"
        + disposition
        + stamp.urlQuery()
        + "&X-Amz-Signature="
        + new RequestSigning(stamp.key()).sign(canonical.fork());
  }

  @Override
  public String publicEndpoint(String endpointRef) {
    return signer(endpointRef).endpoint().external().toString();
  }

  private EndpointSigner signer(String endpointRef) {
    EndpointSigner signer = signers.get(endpointRef);
    if (signer == null) {
      throw StorageFault.unconfigured(endpointRef).outage("presign");
    }
    return signer;
  }

  private static long seconds(Duration life) {
    long seconds = life.toSeconds();
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException("a signed URL lives 1 s to 7 days, not " + life);
    }
    return seconds;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
