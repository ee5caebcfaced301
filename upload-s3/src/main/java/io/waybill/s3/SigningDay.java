package io.waybill.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What one credential signs with on one day in one region.
 *
 * @param scope {@code yyyymmdd/region/s3/aws4_request}
 */
record SigningDay(String date, String scope, HmacKey key) {

  static SigningDay of(String date, String region, String secretKey) {
    byte[] bytes = ("AWS4" + secretKey).getBytes(UTF_8);
    for (String step : new String[] {date, region, "s3", "aws4_request"}) {
      bytes = HmacKey.of(bytes).sign(step.getBytes(UTF_8));
    }
    return new SigningDay(date, date + "/" + region + "/s3/aws4_request", HmacKey.of(bytes));
  }

  @Override
  public String toString() {
    return "SigningDay[" + scope + "]";
  }
}
