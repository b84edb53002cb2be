package site

// apiExample is a query to begin with. Name is in addresses; the sentence that says what it asks is api.example.NAME.
type apiExample struct{ Name, Title, Query, Variables string }

// apiExamples are shown on the page about the API, where they run. The tests run each.
var apiExamples = []apiExample{
	{Name: "chapters", Title: "api.example.chapters", Query: `{
  chapters(first: 20, orderBy: {field: TITLE}) {
    totalCount
    edges { node { code title status verification { status by { name } on } progress { total confirmed pending } } }
  }
}`},
	{Name: "chapter", Title: "api.example.chapter", Query: `query Chapter($code: String!) {
  chapter(code: $code) {
    title
    laws(first: 100) {
      totalCount
      edges { node { key title number adoptedOn status themes verification { status } sources { title url } } }
    }
  }
}`, Variables: `{"code": "THA"}`},
	{Name: "activities", Title: "api.example.activities", Query: `query Activities($filter: ActivityFilter) {
  activities(first: 10, filter: $filter, orderBy: {field: START, direction: DESC}) {
    totalCount
    possiblyActive
    pageInfo { hasNextPage endCursor }
    edges { node { key title startOn endOn status donors { name } implementers { name } } }
  }
}`, Variables: `{"filter": {"states": ["THA"], "themes": ["SMUGGLING"], "activeFrom": "2019-01-01"}}`},
	{Name: "search", Title: "api.example.search", Query: `{
  search(text: "passport examination", first: 5) {
    totalCount
    edges { score highlight node { __typename key } }
  }
}`},
	{Name: "history", Title: "api.example.history", Query: `query History($key: String!) {
  law(key: $key) {
    title
    history(first: 10) { edges { node { at by { name } action changes { field from to } } } }
  }
}`, Variables: `{"key": "tha-atipa-2008"}`},
	{Name: "viewer", Title: "api.example.viewer", Query: `{
  viewer { name role can }
  currentEdition { number date }
}`},
}

func exampleOf(name string) *apiExample {
	for i := range apiExamples {
		if apiExamples[i].Name == name {
			return &apiExamples[i]
		}
	}
	return nil
}
