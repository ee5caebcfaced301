package io.waybill.controlapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.SecretBox;
import io.waybill.core.webhook.WebhookParts;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Brings nothing anywhere, and says what it was told to say. */
final class PlainCourier implements Courier {
  final List<Parcel> brought = new ArrayList<>();
  Reply reply = new Reply(204, 12, null);

  WebhookParts parts() {
    return new WebhookParts(this, new PlainBox());
  }

  @Override
  public Optional<String> objection(String url) {
    return url.startsWith("https://") ? Optional.empty() : Optional.of("must begin with https://");
  }

  @Override
  public Reply bring(Parcel parcel) {
    brought.add(parcel);
    return reply;
  }

  /** Seals nothing, but for one endpoint. */
  private record PlainBox() implements SecretBox {
    @Override
    public String seal(UUID webhookEndpointId, byte[] secret) {
      return webhookEndpointId + Base64.getEncoder().encodeToString(secret);
    }

    @Override
    public byte[] open(UUID webhookEndpointId, String sealed) {
      return Base64.getDecoder()
          .decode(sealed.substring(webhookEndpointId.toString().length()).getBytes(UTF_8));
    }
  }
}
