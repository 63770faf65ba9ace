using HotDash.TestKit.Contracts;

namespace HotDash.Hosting.Tests.TestKit;

public sealed class OpenApiContractTests
{
    private const string Shop =
        """
        {
          "openapi": "3.0.3",
          "paths": {
            "/orders": {
              "get": {
                "parameters": [
                  { "name": "page", "in": "query", "required": true, "schema": { "type": "integer" } },
                  { "name": "state", "in": "query", "schema": { "type": "string", "enum": ["open", "closed"] } },
                  { "name": "tags", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }
                ],
                "responses": { "200": { "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/order" } } } } } }
              }
            },
            "/orders/{id}": {
              "put": {
                "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/order" } } } },
                "responses": { "2XX": { "description": "done" } }
              }
            },
            "/orders/latest": { "get": { "responses": { "204": { "description": "none" } } } }
          },
          "components": {
            "schemas": {
              "order": {
                "allOf": [
                  { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer", "minimum": 1 } } },
                  { "type": "object", "properties": { "note": { "type": "string", "nullable": true, "maxLength": 5 }, "at": { "type": "string", "format": "date-time" },
                    "payer": { "oneOf": [{ "type": "object", "required": ["name"] }, { "type": "null" }] } } }
                ]
              }
            }
          }
        }
        """;

    private readonly OpenApiContract _shop = OpenApiContract.Parse(Shop);

    [Theory]
    [InlineData("GET", "/orders?page=2&state=open&tags[]=a&tags[]=b", "")]
    [InlineData("PUT", "/orders/7", """{"id":7,"note":null,"at":"2026-03-01T12:00:00Z","payer":null,"more":true}""")]
    [InlineData("GET", "/orders/latest", "")]
    public void What_is_as_described_has_no_problems(string method, string path, string body) =>
        Assert.Empty(_shop.CheckRequest(method, path, body));

    [Theory]
    [InlineData("GET", "/refunds", "", "no such operation")]
    [InlineData("DELETE", "/orders/7", "", "no such operation")]
    [InlineData("GET", "/orders", "", "page: missing")]
    [InlineData("GET", "/orders?page=two", "", "page: not integer")]
    [InlineData("GET", "/orders?page=1&state=lost", "", "state: not one of the values")]
    [InlineData("GET", "/orders?page=1&limit=5", "", "limit: no such parameter")]
    [InlineData("PUT", "/orders/7", "", "the body is missing")]
    [InlineData("PUT", "/orders/7", "{", "the body is no JSON")]
    [InlineData("PUT", "/orders/7", "{}", "$.id: missing")]
    [InlineData("PUT", "/orders/7", """{"id":"7"}""", "$.id: not integer")]
    [InlineData("PUT", "/orders/7", """{"id":7.5}""", "$.id: not integer")]
    [InlineData("PUT", "/orders/7", """{"id":null}""", "$.id: null")]
    [InlineData("PUT", "/orders/7", """{"id":0}""", "$.id: out of bounds")]
    [InlineData("PUT", "/orders/7", """{"id":7,"note":"too long"}""", "$.note: out of bounds")]
    [InlineData("PUT", "/orders/7", """{"id":7,"at":"yesterday"}""", "$.at: not of its form")]
    [InlineData("PUT", "/orders/7", """{"id":7,"payer":{}}""", "$.payer: none of the choices")]
    public void What_a_request_has_wrong_is_named(string method, string path, string body, string problem) =>
        Assert.Contains(_shop.CheckRequest(method, path, body), found => found.EndsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("GET", "/orders?page=1", 200, """[{"id":1},{"id":null}]""", "$[1].id: null")]
    [InlineData("GET", "/orders?page=1", 418, "[]", "no such reply")]
    [InlineData("GET", "/orders?page=1", 200, "<html>", "the body is no JSON")]
    public void What_a_reply_has_wrong_is_named(string method, string path, int status, string body, string problem) =>
        Assert.EndsWith(problem, Assert.Single(_shop.CheckReply(method, path, status, body)), StringComparison.Ordinal);

    [Fact]
    public void What_servers_are_known_to_do_can_be_allowed()
    {
        var contract = OpenApiContract.Parse(Shop).Allow("/paths/~1orders/get/parameters/1/schema/enum", "lost");

        Assert.Empty(contract.CheckRequest("GET", "/orders?page=1&state=lost", ""));
        Assert.Empty(contract.CheckReply("PUT", "/orders/7", 202, "anything"));
    }
}
