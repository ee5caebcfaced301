package io.waybill.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What one credential signs with on one day in one region.
 *
 * @param scope {@code yyyymmdd/region/s3/aws4_request}
 * @param credential access key and scope, encoded for a query
 */
record SigningDay(String date, String scope, String credential, HmacKey key) {

  static SigningDay of(String date, String region, S3Credentials credentials) {
    byte[] bytes = ("AWS4" + credentials.secretKey()).getBytes(UTF_8);
    for (String step : new String[] {date, region, "s3", "aws4_request"}) {
      bytes = HmacKey.of(bytes).sign(step.getBytes(UTF_8));
    }
    String scope = date + "/" + region + "/s3/aws4_request";
    String credential = UriEncoding.value(credentials.accessKey() + "/" + scope);
    return new SigningDay(date, scope, credential, HmacKey.of(bytes));
  }

  @Override
  public String toString() {
    return "SigningDay[" + scope + "]";
  }
}
