/** One family of errors; the server turns them into the vendor's error body. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
export const badRequest = (message: string): ApiError => new ApiError(400, message);
export const notFound = (what: string): ApiError => new ApiError(404, `${what} Not Found.`);
export const notModelled = (what: string): ApiError => new ApiError(501, `not modelled: ${what}`);
